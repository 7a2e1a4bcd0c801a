import Rules
import Scene
import Site
import Testing

@Suite struct QueueTests {
    private let key = "cameras[0].zones[0].queue"

    private func queue(_ more: String) throws -> QueueHandling {
        try Samples.site(Samples.zone(more)).cameras[0].zones[0].queue
    }

    @Test("Queues are treated as a word or as a group of keys says")
    func forms() throws {
        let usual = MediaSpan.seconds(120)
        #expect(try queue("") == QueueHandling(.automatic, patience: usual))
        #expect(try queue("queue: on") == QueueHandling(.on, patience: usual))
        #expect(try queue("queue: off") == QueueHandling(.off, patience: usual))
        #expect(
            try queue("queue: {mode: on, patience: 3m}")
                == QueueHandling(.on, patience: .seconds(180))
        )
        #expect(
            try queue("queue: {patience: 0}") == QueueHandling(.automatic, patience: .zero)
        )
    }

    @Test("A zone that sets one of the keys has the other from its kind")
    func defaults() throws {
        let text = """
            version: 1
            site: {id: town}
            defaults:
              no_parking: {queue: {mode: on, patience: 90s}}
              water_danger: {queue: off}
            cameras:
              - id: gate
                zones:
                  - {id: a, kind: no_parking, polygon: &p [[0, 0], [1, 0], [1, 1]], queue: off}
                  - {id: b, kind: no_parking, polygon: *p, queue: {patience: 1m}}
                  - {id: c, kind: no_parking, polygon: *p}
                  - {id: d, kind: fire_lane, polygon: *p}
            """
        let zones = try Samples.site(text).cameras[0].zones
        #expect(
            zones.map(\.queue) == [
                QueueHandling(.off, patience: .seconds(90)),
                QueueHandling(.on, patience: .seconds(60)),
                QueueHandling(.on, patience: .seconds(90)),
                QueueHandling(.automatic, patience: .seconds(120)),
            ]
        )
    }

    @Test("What cannot be meant is reported")
    func mistakes() {
        #expect(
            Samples.reports(Samples.zone("queue: auto")) == [
                "site.yaml:9:16: \(key): \"auto\" is not a way to treat queues; "
                    + "write automatic, on, off"
            ]
        )
        #expect(
            Samples.reports(Samples.zone("queue: {patience: 2h}")) == [
                "site.yaml:9:27: \(key).patience: \"2h\" is out of range; write 0s to 1h"
            ]
        )
        #expect(
            Samples.reports(Samples.zone("queue: {wait: 2m}")) == [
                "site.yaml:9:17: \(key).wait: \"wait\" is not a key of this place; "
                    + "known keys are mode, patience"
            ]
        )
    }

    @Test("Queues of zones that know none are reported, in the zone and in its kind's defaults")
    func otherKinds() {
        let text = """
            version: 1
            site: {id: town}
            defaults: {road_occupation: {queue: automatic}}
            cameras:
              - id: gate
                zones:
                  - {id: a, kind: water_danger, polygon: [[0, 0], [1, 0], [1, 1]], queue: on}
            """
        let advice = "remove it; lines of vehicles are looked for in no_parking and fire_lane"
        #expect(
            Samples.reports(text) == [
                "site.yaml:3:37: defaults.road_occupation.queue: has no meaning for the kind "
                    + "road_occupation; \(advice)",
                "site.yaml:7:79: \(key): has no meaning for the kind water_danger; \(advice)",
            ]
        )
    }
}
