import Foundation
import Scene
import Testing

@testable import Alerts

@Suite
struct HealthEventTests {
    @Test("A health event has exactly these bytes")
    func bytes() {
        let id = "215b2c6c0c437c5f5ba6c4afa5ca4243"
        let hash = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
        let expected = [
            #"{"specversion":"1.0","id":"\#(id).1","source":"/sites/riverside/cameras/gate-1","#,
            #""type":"smartpatrol.health.opened.v1","time":"2026-03-01T06:00:42.500000Z","#,
            #""datacontenttype":"application/json","#,
            #""dataschema":"urn:smartpatrol:alert:v1#health","#,
            #""subject":"moved","data":{"healthId":"\#(id)","revision":1,"fault":"moved","#,
            #""effect":"blind","severity":"critical","camera":{"id":"gate-1","name":"东门","#,
            #""location":"East gate","direction":"north","deviceId":"34020000001320000001"},"#,
            #""zonesSuspended":true,"startedAt":"2026-03-01T06:00:12.345678Z","#,
            #""durationSeconds":30.154,"streamSeconds":42.5,"startedStreamSeconds":12.346,"#,
            #""clockQuality":"stated","#,
            #""evidence":[{"type":"snapshot","file":"snapshots/a.jpg","sha256":"\#(hash)","#,
            #""mediaType":"image/jpeg"}]}}"#,
        ]
        #expect(Sample.event(Sample.health()).jsonLine() == expected.joined())
    }

    @Test("Only a view that has moved and not come back suspends the zones")
    func suspended() {
        for fault in CameraFault.allCases {
            let opened = Sample.event(Sample.health(fault: fault))
            let closed = Sample.event(Sample.health(revision: 2, phase: .closed, fault: fault))
            #expect(opened.data.zonesSuspended == (fault == .moved))
            #expect(!closed.data.zonesSuspended)
            #expect(opened.subject == fault.rawValue)
        }
    }

    @Test("A line is read back as the sort of event that it tells of")
    func roundTrip() throws {
        let health = Sample.event(Sample.health(revision: 2, phase: .closed, fault: .torn))
        let alert = Sample.event(Sample.incident())
        #expect(try QueueEvent(jsonLine: health.jsonLine()) == .health(health))
        #expect(try QueueEvent(jsonLine: alert.jsonLine()) == .alert(alert))
        #expect(try HealthEvent(jsonLine: health.jsonLine()).jsonLine() == health.jsonLine())
        #expect(code { _ = try QueueEvent(jsonLine: "{\"type\":\"x\"}") } == .invalidData)
        #expect(code { _ = try HealthEvent(jsonLine: alert.jsonLine()) } == .invalidData)
        #expect(code { _ = try AlertEvent(jsonLine: health.jsonLine()) } == .invalidData)
    }

    @Test("Both events of a matter share its id; another fault, start, number or place has another")
    func identity() {
        func id(_ matter: HealthMatter, _ context: AlertContext = Sample.context()) -> String {
            HealthEvent.healthID(for: matter, context: context)
        }
        let ids = [
            id(Sample.health()), id(Sample.health(fault: .blocked)), id(Sample.health(number: 2)),
            id(Sample.health(startedAt: 12_345_679)),
            id(Sample.health(), Sample.context(camera: "gate-2")),
            id(Sample.health(), Sample.context(site: "other")),
            id(Sample.health(), Sample.context(stream: .live())),
            AlertEvent.alertID(for: Sample.incident(), context: Sample.context()),
        ]
        #expect(Set(ids).count == ids.count)
        let closed = Sample.health(revision: 2, phase: .closed, severity: .warning, time: 99)
        #expect(id(closed, Sample.context(start: 0)) == ids[0])
    }
}
