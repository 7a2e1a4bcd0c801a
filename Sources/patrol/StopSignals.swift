import ArgumentParser
import Dispatch
import Glibc
import Media
import Synchronization

/// Turns SIGINT and SIGTERM into a request to stop; a second one ends the process at once.
///
/// What comes within half a second is the same request: `timeout` sends each signal twice.
final class StopSignals: Sendable {
    /// Set when the first signal comes.
    let cancellation: Cancellation
    private let first: First
    // Sendable: nobody touches the sources after `init`; they are only kept alive.
    private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

    /// The first signal that came, and when.
    private final class First: Sendable {
        let signal = Mutex<(number: Int32, at: ContinuousClock.Instant)?>(nil)
    }

    private static let pause = Duration.milliseconds(500)

    /// Listens from now on, and ignores SIGPIPE and SIGXFSZ: both come back as errors of a write.
    init() {
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
        let first = First()
        let cancellation = Cancellation()
        self.first = first
        self.cancellation = cancellation
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                let isSecond = first.signal.withLock { first in
                    if let first { return .now - first.at >= Self.pause }
                    first = (number, .now)
                    return false
                }
                if isSecond { _exit(128 + number) }
                cancellation.cancel()
            }
            source.activate()
            return source
        }
    }

    /// The exit status that tells which signal came, or nil where none has.
    var exitCode: ExitCode? {
        first.signal.withLock { $0.map { ExitCode(128 + $0.number) } }
    }
}
