import Pipeline
import Testing

@Suite
struct LiveTests {
    /// Always the largest number: no wait is shortened.
    private struct Highest: RandomNumberGenerator {
        mutating func next() -> UInt64 { .max }
    }

    /// Always the smallest number: every wait is shortened by half.
    private struct Lowest: RandomNumberGenerator {
        mutating func next() -> UInt64 { 0 }
    }

    @Test("A lost source is tried again after 1, 2, 4 and so on up to 60 seconds")
    func doubling() {
        var backoff = Backoff()
        var random = Highest()
        let waits = (0..<8).map { _ in backoff.wait(using: &random) / .seconds(1) }
        #expect(waits.map { $0.rounded() } == [1, 2, 4, 8, 16, 32, 60, 60])
    }

    @Test("Jitter shortens a wait by up to a half, and never below a second")
    func jitter() {
        var backoff = Backoff()
        var random = Lowest()
        let waits = (0..<4).map { _ in backoff.wait(using: &random) / .seconds(1) }
        #expect(waits.map { $0.rounded() } == [1, 1, 2, 4])
    }

    @Test("After a success the waits begin anew")
    func success() {
        var backoff = Backoff()
        var random = Highest()
        for _ in 0..<5 { _ = backoff.wait(using: &random) }
        backoff.succeeded()
        #expect((backoff.wait(using: &random) / .seconds(1)).rounded() == 1)
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
