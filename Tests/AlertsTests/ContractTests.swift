import Foundation
import Scene
import Testing

@testable import Alerts

@Suite
struct ContractTests {
    @Test("An event has exactly these bytes")
    func bytes() {
        let id = AlertEvent.alertID(for: Sample.incident(), context: Sample.context())
        let hash = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
        let expected = [
            #"{"specversion":"1.0","id":"\#(id).1","source":"/sites/riverside/cameras/gate-1","#,
            #""type":"smartpatrol.alert.opened.v1","time":"2026-03-01T06:00:42.500000Z","#,
            #""datacontenttype":"application/json","dataschema":"urn:smartpatrol:alert:v1#data","#,
            #""subject":"lane","data":{"alertId":"\#(id)","revision":1,"kind":"fire_lane","#,
            #""severity":"critical","camera":{"id":"gate-1","name":"东门","#,
            #""location":"East gate","direction":"north","deviceId":"34020000001320000001"},"#,
            #""zone":{"id":"lane","name":"Fire \"lane\" \\ A/1","kind":"fire_lane"},"#,
            #""object":{"class":"vehicle","confidence":0.9,"#,
            #""box":{"x":0.25,"y":0.3333,"width":0.1235,"height":0.2}},"#,
            #""startedAt":"2026-03-01T06:00:12.345678Z","#,
            #""dispatchBy":"2026-03-01T06:01:42.500000Z","#,
            #""arriveBy":"2026-03-01T06:06:42.500000Z","#,
            #""reportBy":"2026-03-01T06:09:42.500000Z","dwellSeconds":30.154,"#,
            #""streamSeconds":42.5,"startedStreamSeconds":12.346,"clockQuality":"stated","#,
            #""evidence":[{"type":"snapshot","file":"snapshots/a.jpg","sha256":"\#(hash)","#,
            #""mediaType":"image/jpeg"}]}}"#,
        ]
        #expect(Sample.event(Sample.incident()).jsonLine() == expected.joined())
    }

    @Test("An event read back from its line is the same event with the same line")
    func roundTrip() throws {
        let event = Sample.event(
            Sample.incident(phase: .updated, presentAtStart: true, startedAt: 0, time: 61_000_001)
        )
        let copy = try AlertEvent(jsonLine: event.jsonLine())
        #expect(copy == event)
        #expect(copy.jsonLine() == event.jsonLine())
        let encoded = try JSONEncoder().encode(event)
        #expect(try JSONDecoder().decode(AlertEvent.self, from: encoded) == event)
    }

    @Test("Depth, reasons and the last sight are told where there are any, and read back")
    func water() throws {
        let event = Sample.event(
            Sample.incident(
                kind: .waterDanger,
                severity: .emergency,
                depth: .water,
                reasons: [.vanished, .alone, .vanished],
                lastSeen: MediaTime(seconds: 38.25)
            )
        )
        let line = event.jsonLine()
        #expect(
            line.contains(
                #""severity":"emergency","depth":"water","reasons":["alone","vanished"],"#
            )
        )
        #expect(line.contains(#""lastSeenAt":"2026-03-01T06:00:38.250000Z","dispatchBy""#))
        let copy = try AlertEvent(jsonLine: line)
        #expect(copy == event)
        #expect(copy.jsonLine() == line)
        let plain = Sample.event(Sample.incident()).jsonLine()
        for key in ["depth", "reasons", "lastSeenAt"] { #expect(!plain.contains(key)) }
    }

    @Test("What was there before the stream began says since when it was seen, other things do not")
    func observedSince() {
        let there = Sample.event(Sample.incident(presentAtStart: true, startedAt: 80_000))
        #expect(there.data.observedSince == there.data.startedAt)
        #expect(there.data.startedAt.description == "2026-03-01T06:00:00.080000Z")
        let came = Sample.event(Sample.incident())
        #expect(came.data.observedSince == nil)
        #expect(!came.jsonLine().contains("observedSince"))
    }

    @Test(
        "Numbers are plain decimals without trailing zeros",
        arguments: [
            (0, 3, "0"), (-0.0, 3, "0"), (1, 4, "1"), (0.1, 4, "0.1"), (0.000_04, 4, "0"),
            (0.000_06, 4, "0.0001"), (100, 3, "100"), (12_345_678.9, 3, "12345678.9"),
            (0.05, 2, "0.05"), (-1.5, 3, "-1.5"), (2.0 / 3, 4, "0.6667"),
        ] as [(Double, Int, String)]
    )
    func numbers(value: Double, decimals: Int, text: String) {
        var json = CanonicalJSON()
        json.number("n", value, decimals: decimals)
        #expect(json.finished == "{\"n\":\(text)}")
    }

    @Test("Strings are escaped so that a JSON reader gets them back")
    func strings() throws {
        let value = "a\"b\\c/d\n\r\t\u{1}\u{1F}é东\u{2028}👩‍🚒"
        var json = CanonicalJSON()
        json.string("k", value)
        #expect(!json.finished.contains("\n"))
        let read = try JSONDecoder().decode([String: String].self, from: Data(json.finished.utf8))
        #expect(read == ["k": value])
    }

    @Test("A box that leaves the picture is cut to it")
    func box() {
        let box = NormalizedBox(x: -0.1, y: 0.95, width: 0.3, height: 0.2)
        let event = Sample.event(Sample.incident(box: box))
        #expect(
            event.data.object.box == NormalizedBox(x: 0, y: 0.95, width: 0.2, height: 0.05)
        )
    }

    @Test("Names that are no plain words are percent-encoded in the source")
    func source() {
        let context = Sample.context(site: "河 岸", camera: "a/b")
        #expect(
            Sample.event(Sample.incident(), context: context).source
                == "/sites/%E6%B2%B3%20%E5%B2%B8/cameras/a%2Fb"
        )
    }

    @Test("A zone without a name goes by its id")
    func zoneName() {
        #expect(Sample.event(Sample.incident(zone: "bank")).data.zone.name == "bank")
    }

    @Test("A line that is no event is refused with its beginning")
    func refused() {
        let error = failure { _ = try AlertEvent(jsonLine: "{\"specversion\":\"1.0\"}") }
        #expect(error?.code == .invalidData)
        #expect(error?.message.contains("{\"specversion\"") == true)
    }
}
