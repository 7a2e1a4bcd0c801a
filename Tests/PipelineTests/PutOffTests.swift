import Alerts
import Scene
import Testing

@testable import Pipeline

@Suite struct PutOffTests {
    private struct Never: Error {}

    private func event(_ camera: String, bytes: Int) -> PutOffEvent {
        PutOffEvent(camera: CameraID(rawValue: camera), bytes: bytes, arrived: .now) {
            throw Never()
        }
    }

    /// Whether each of these found room, one after the other.
    private func taken(_ wanted: [PutOffEvent], by events: inout PutOffEvents) -> [Bool] {
        wanted.map { events.add($0) }
    }

    @Test("What is put off comes in its order, and there is a bound to it")
    func order() {
        var events = PutOffEvents()
        #expect(events.first == nil)
        events.removeFirst()
        let half = PutOffEvents.maximumBytes / 2
        let first = [event("a", bytes: half), event("b", bytes: half), event("c", bytes: 1)]
        let room = taken(first, by: &events)
        #expect(room == [true, true, false])
        #expect(events.holds(CameraID(rawValue: "b")))
        #expect(!events.holds(CameraID(rawValue: "c")))
        #expect(events.first?.camera.rawValue == "a")
        events.removeFirst()
        let more = taken([event("c", bytes: half)], by: &events)
        #expect(more == [true])
        #expect(events.count == 2)
        #expect(events.first?.camera.rawValue == "b")
    }

    @Test("Events are bounded by number, too, and a picture larger than all room is still taken")
    func bounds() {
        var events = PutOffEvents()
        let large = event("a", bytes: PutOffEvents.maximumBytes * 2)
        let room = taken([large, event("a", bytes: 0)], by: &events)
        #expect(room == [true, false])
        events.removeFirst()
        let small = Array(
            repeating: event("a", bytes: 1),
            count: PutOffEvents.maximumEvents + 1
        )
        let more = taken(small, by: &events)
        #expect(more.count { $0 } == PutOffEvents.maximumEvents)
        #expect(more.last == false)
    }

    @Test("Faults are told once a second, with how many were left out")
    func complaints() {
        var complaints = Complaints()
        let begin = ContinuousClock.now
        let told = (0..<25).compactMap {
            complaints.line(for: "\($0)", at: begin + .milliseconds(100 * $0))
        }
        #expect(told == ["0", "10 (and 9 more since)", "20 (and 9 more since)"])
    }
}
