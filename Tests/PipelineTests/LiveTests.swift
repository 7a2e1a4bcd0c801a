import Pipeline
import Testing

@Suite
struct LiveTests {
    @Test("A lost source is tried again after 1, 2, 4 and so on up to 60 seconds")
    func doubling() {
        var backoff = Backoff()
        let waits = (0..<8).map { _ in backoff.wait(jitter: 1) / .seconds(1) }
        #expect(waits.map { $0.rounded() } == [1, 2, 4, 8, 16, 32, 60, 60])
    }

    @Test("Jitter shortens a wait by up to a half, and never below a second")
    func jitter() {
        var backoff = Backoff()
        let waits = (0..<4).map { _ in backoff.wait(jitter: 0) / .seconds(1) }
        #expect(waits.map { $0.rounded() } == [1, 1, 2, 4])
    }

    @Test("After a success the waits begin anew")
    func success() {
        var backoff = Backoff()
        for _ in 0..<5 { _ = backoff.wait(jitter: 1) }
        backoff.succeeded()
        #expect((backoff.wait(jitter: 1) / .seconds(1)).rounded() == 1)
    }

    @Test("A fault that repeats is told once a second with a count")
    func repeats() {
        var log = FaultLog()
        let start = ContinuousClock.now
        let lines = (0..<25).map { log.line(for: "no route", at: start + .milliseconds($0 * 100)) }
        #expect(
            lines.compactMap(\.self) == [
                "no route", "no route (and 9 times more since)",
                "no route (and 9 times more since)",
            ]
        )
    }

    @Test("Different faults are told apart")
    func differentFaults() {
        var log = FaultLog()
        let now = ContinuousClock.now
        #expect(log.line(for: "a", at: now) == "a")
        #expect(log.line(for: "b", at: now) == "b")
        #expect(log.line(for: "a", at: now) == nil)
    }
}
