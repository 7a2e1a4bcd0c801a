import Foundation
import Rules
import Scene
import Site
import Testing

@Suite struct SiteTests {
    @Test("A camera and a zone with nothing set have the usual settings")
    func usual() throws {
        let site = try Samples.site(Samples.zone(""))
        #expect(site.id == "town")
        #expect(site.name == "town")
        #expect(site.timeZone == "UTC")
        let camera = site.cameras[0]
        #expect(camera.id == CameraID(rawValue: "gate"))
        #expect(camera.name == "gate")
        #expect(camera.source == nil)
        #expect(camera.analysisRate == 5)
        #expect(camera.scale == nil)
        #expect(camera.whenMoved == .suspend)
        let corners = [(0.1, 0.1), (0.9, 0.1), (0.5, 0.9)].map(NormalizedPoint.init)
        #expect(
            camera.zones == [
                ZoneRule(id: ZoneID(rawValue: "kerb"), kind: .noParking, polygon: Polygon(corners))
            ]
        )
    }

    @Test("A camera has what its section says")
    func camera() throws {
        let text = """
            version: 1
            site: {id: town, name: 滨河镇, timeZone: Asia/Shanghai}
            cameras:
              - id: gate
                name: 西门
                source: video/gate.mp4
                location: {latitude: 30.25, longitude: -120.5, place: 桥}
                direction: SSE
                deviceId: 34020000001320000001
                analysis: {rate: 12.5}
                scale: [{y: 0.95, height: 0.42}, {y: 0.40, height: 0.10}]
                whenMoved: relearn
                zones: []
            """
        let site = try Samples.site(text, file: "sites/site.yaml")
        let camera = site.cameras[0]
        #expect(site.name == "滨河镇")
        #expect(site.timeZone == "Asia/Shanghai")
        #expect(camera.name == "西门")
        #expect(try camera.source?.resolved(environment: [:]) == "sites/video/gate.mp4")
        #expect(camera.location == Location(latitude: 30.25, longitude: -120.5, place: "桥"))
        #expect(camera.direction == 157.5)
        #expect(camera.deviceID == "34020000001320000001")
        #expect(camera.analysisRate == 12.5)
        #expect(
            camera.scale
                == PersonScale(
                    PersonScale.Reference(y: 0.95, height: 0.42),
                    PersonScale.Reference(y: 0.4, height: 0.1)
                )
        )
        #expect(camera.whenMoved == .relearn)
        #expect(site.digestInput == Array(text.utf8))
    }

    @Test("A zone's own settings go before those of its kind, and these before the usual ones")
    func precedence() throws {
        let text = """
            version: 1
            site: {id: town, timeZone: Asia/Shanghai}
            cameras:
              - id: gate
                zones:
                  - &kerb
                    id: kerb
                    kind: no_parking
                    polygon: &whole [[0, 0], [1, 0], [1, 1]]
                    severity: info
                    minimumSize: 0.1
                    anchor: {overlap: 0.3}
                    schedule: always
                  - {id: lane, kind: no_parking, polygon: *whole}
                  - {id: other, kind: fire_lane, polygon: *whole}
            defaults:
              no_parking:
                dwell: 5m
                severity: critical
                classes: [vehicle]
                rearm: 1m
                maximumSize: 0.5
                schedule: {spans: [{days: mon, from: "07:00", to: "19:00"}]}
            """
        let zones = try Samples.site(text).cameras[0].zones
        #expect(zones[0].dwell == .seconds(300))
        #expect(zones[0].severity == .info)
        #expect(zones[0].classes == [.vehicle])
        #expect(zones[0].rearm == .seconds(60))
        #expect(zones[0].minimumSize == 0.1)
        #expect(zones[0].maximumSize == 0.5)
        #expect(zones[0].anchor == .overlap(0.3))
        #expect(zones[0].schedule == nil)
        #expect(zones[1].severity == .critical)
        #expect(zones[1].schedule?.timeZone == "Asia/Shanghai")
        #expect(zones[2] == ZoneRule(id: zones[2].id, kind: .fireLane, polygon: zones[2].polygon))
    }

    @Test("A size that goes against the other one's default is reported at the zone's own")
    func sizesAcrossDefaults() {
        let text = """
            version: 1
            site: {id: town}
            defaults: {no_parking: {maximumSize: 0.2}}
            cameras:
              - id: gate
                zones:
                  - id: kerb
                    kind: no_parking
                    polygon: [[0, 0], [1, 0], [1, 1]]
                    minimumSize: 0.3
            """
        let found = Samples.diagnostics(text)
        #expect(found.map { "\($0.line):\($0.column)" } == ["10:22"])
        #expect(found.first?.message == "minimumSize 0.3 is not below maximumSize 0.2")
    }

    @Test("Zones of two cameras may have the same id, zones of one may not")
    func zoneIDs() {
        let text = """
            version: 1
            site: {id: town}
            cameras:
              - id: one
                zones:
                  - {id: kerb, kind: fire_lane, polygon: &p [[0, 0], [1, 0], [1, 1]]}
                  - {id: kerb, kind: fire_lane, polygon: *p}
              - id: two
                deviceId: "34020000001320000001"
                zones: [{id: kerb, kind: fire_lane, polygon: *p}]
              - id: three
                deviceId: "34020000001320000001"
                zones: []
            """
        let found = Samples.diagnostics(text).map { "\($0.line):\($0.column) \($0.keyPath)" }
        #expect(found == ["7:14 cameras[0].zones[1].id", "12:15 cameras[2].deviceId"])
    }
}
