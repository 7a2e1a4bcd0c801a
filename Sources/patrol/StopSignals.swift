import ArgumentParser
import Dispatch
import Glibc
import Media
import Synchronization

/// Turns SIGINT and SIGTERM into a request to stop; a second one ends the process at once.
final class StopSignals: Sendable {
    /// Set when the first signal comes.
    let cancellation = Cancellation()
    private let first = Mutex<Int32?>(nil)
    private let sources = Mutex<[any DispatchSourceSignal]>([])

    /// Listens from now on, and ignores SIGPIPE and SIGXFSZ: both come back as errors of a write.
    init() {
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [weak self] in self?.received(number) }
            source.activate()
            sources.withLock { $0.append(source) }
        }
    }

    /// The exit status that tells which signal came, or nil where none has.
    var exitCode: ExitCode? {
        first.withLock { $0.map { ExitCode(128 + $0) } }
    }

    private func received(_ number: Int32) {
        let isSecond = first.withLock { first in
            defer { first = first ?? number }
            return first != nil
        }
        if isSecond { _exit(128 + number) }
        cancellation.cancel()
    }
}
