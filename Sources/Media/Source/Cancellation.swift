internal import Synchronization

/// A request to stop that one thread makes and another one sees.
///
/// A read that blocks in the network notices it within about a tenth of a second.
public final class Cancellation: Sendable {
    private let flag = Atomic(false)

    /// A request that nobody has made yet.
    public init() {}

    /// Asks to stop, for good; safe from any thread, and more than once.
    public func cancel() {
        flag.store(true, ordering: .releasing)
    }

    /// Whether somebody has asked to stop.
    public var isCancelled: Bool {
        flag.load(ordering: .acquiring)
    }
}
