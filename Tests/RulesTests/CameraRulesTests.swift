import Foundation
import Rules
import Scene
import Testing

@Suite struct CameraRulesTests {
    private let zones = [
        Street.rule(.fireLane, id: "b", dwell: 2),
        Street.rule(.noParking, id: "a", dwell: 2),
        Street.rule(.waterDanger, id: "c", dwell: 1.5),
    ]
    private let rows = [
        Row("PPPPPPPPPPPP........PPPPPPPP", id: 7),
        Row("..PPPPPPPPPPPPPPPPPPPPPPPPPP", id: 3, box: Street.elsewhere),
        Row("IIIIIXXII..........XXIIIIIII", id: 5, objectClass: .person),
    ]

    @Test("Incidents are numbered as they open, by zone and then by object within a frame")
    func numbering() {
        let opened = Outcome(zones, rows).events.filter { $0.phase == .opened }
        #expect(opened.map(\.number) == Array(1...opened.count))
        #expect(
            opened.prefix(5).map { "\($0.zone.rawValue)\($0.object.id.rawValue)" }
                == ["c5", "b7", "a7", "b3", "a3"]
        )
        let pair = Outcome([zones[0]], [Row("PPPPP", id: 9), Row("PPPPP", id: 4)]).events
        #expect(pair.map(\.object.id.rawValue) == [4, 9])
    }

    @Test("Events of one frame come by incident number")
    func order() {
        let events = Outcome(zones, rows).events
        #expect(events.count > 8)
        for (earlier, later) in zip(events, events.dropFirst()) where earlier.time == later.time {
            #expect(earlier.number < later.number)
        }
    }

    @Test("Revisions of an incident rise by one, from its opening on")
    func revisions() {
        let events = Outcome(zones, rows).events
        for number in Set(events.map(\.number)) {
            let own = events.filter { $0.number == number }
            #expect(own.map(\.revision) == Array(1...own.count))
            #expect(own.first?.phase == .opened)
            #expect(own.dropLast().allSatisfy { $0.phase != .closed })
        }
    }

    @Test("The same frames give the same incidents, in whatever order objects are listed")
    func deterministic() {
        var first = CameraRules(rules: zones)
        var second = CameraRules(rules: zones)
        for frame in frames(rows) {
            var reversed = frame
            reversed.objects.reverse()
            let instant = Instant(microseconds: 0)
            #expect(first.step(frame, at: instant) == second.step(reversed, at: instant))
            #expect(first == second)
        }
    }

    @Test("Encoded in mid-dwell and decoded, the rules go on as they would have")
    func checkpoint() throws {
        let frames = frames(rows)
        let expected = Outcome(zones, rows).events
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        for cut in frames.indices {
            var camera = CameraRules(rules: zones)
            var events: [Incident] = []
            for (index, frame) in frames.enumerated() {
                if index == cut {
                    let data = try encoder.encode(camera)
                    camera = try JSONDecoder().decode(CameraRules.self, from: data)
                    #expect(try encoder.encode(camera) == data)
                }
                let instant = Instant(microseconds: frame.time.microseconds)
                events += camera.step(frame, at: instant)
            }
            #expect(events == expected)
        }
    }

    @Test("A frame that is not later than the last is ignored")
    func backwardTime() {
        var camera = CameraRules(rules: [zones[1]])
        let drawn = frames([Row("PPPPP")])
        for frame in drawn.dropLast() { _ = camera.step(frame, at: Instant(microseconds: 0)) }
        let before = camera
        #expect(camera.step(drawn[0], at: Instant(microseconds: 0)).isEmpty)
        #expect(camera.step(drawn[3], at: Instant(microseconds: 0)).isEmpty)
        #expect(camera == before)
        #expect(camera.step(drawn[4], at: Instant(microseconds: 0)).map(\.phase) == [.opened])
    }

    @Test("The end of a recording closes nothing that stands")
    func endOfRecording() {
        var camera = CameraRules(rules: zones)
        let drawn = frames([Row("PPPPPP"), Row("IIIIII", id: 2, objectClass: .person)])
        for frame in drawn { _ = camera.step(frame, at: Instant(microseconds: 0)) }
        #expect(camera.openIncidents.map(\.number) == [1, 2, 3])
        let end = MediaTime(seconds: 600)
        #expect(camera.finish(at: end, instant: Instant(microseconds: 0)).isEmpty)
        #expect(camera.openIncidents.count == 3)
    }

    @Test("The end of a recording closes what had been gone for its time by then")
    func endAfterDeparture() {
        var camera = CameraRules(rules: zones)
        for frame in frames([Row("PPPPPP..")]) {
            _ = camera.step(frame, at: Instant(microseconds: 0))
        }
        var early = camera
        let soon = MediaTime(seconds: 4)
        #expect(early.finish(at: soon, instant: Instant(microseconds: 0)).isEmpty)
        let closed = camera.finish(at: MediaTime(seconds: 5), instant: Instant(microseconds: 0))
        #expect(closed.map(\.phase) == [.closed, .closed])
        #expect(closed.map(\.number) == [1, 2])
        #expect(camera.openIncidents.isEmpty)
    }

    @Test("Open incidents show their object as last seen and their last event")
    func openIncidents() {
        var camera = CameraRules(rules: [zones[1]])
        for frame in frames([Row("PPPPPPPPPEE")]) {
            _ = camera.step(frame, at: Instant(microseconds: 0))
        }
        let incident = camera.openIncidents.first
        #expect(incident?.phase == .updated)
        #expect(incident?.revision == 2)
        #expect(incident?.time == MediaTime(seconds: 4))
        #expect(incident?.object.box == Street.edge)
    }
}
