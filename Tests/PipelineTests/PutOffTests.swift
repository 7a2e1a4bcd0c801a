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

    @Test("What is put off comes in its order, and there is a bound to it")
    func order() {
        var events = PutOffEvents()
        #expect(events.first == nil)
        events.removeFirst()
        let half = PutOffEvents.maximumBytes / 2
        #expect(events.add(event("a", bytes: half)))
        #expect(events.add(event("b", bytes: half)))
        #expect(!events.add(event("c", bytes: 1)))
        #expect(events.holds(CameraID(rawValue: "b")))
        #expect(!events.holds(CameraID(rawValue: "c")))
        #expect(events.first?.camera.rawValue == "a")
        events.removeFirst()
        #expect(events.add(event("c", bytes: half)))
        #expect(events.count == 2)
        #expect(events.first?.camera.rawValue == "b")
    }

    @Test("Events are bounded by number, too, and a picture larger than all room is still taken")
    func bounds() {
        var events = PutOffEvents()
        #expect(events.add(event("a", bytes: PutOffEvents.maximumBytes * 2)))
        #expect(!events.add(event("a", bytes: 0)))
        events.removeFirst()
        for _ in 0..<PutOffEvents.maximumEvents { #expect(events.add(event("a", bytes: 1))) }
        #expect(!events.add(event("a", bytes: 1)))
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
