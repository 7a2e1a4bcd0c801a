/// Something that must not be in a queue.
public struct QueueViolation: Hashable, Sendable {
    /// Which rule is broken.
    public enum Rule: String, Sendable, CaseIterable {
        /// SQLite finds the file whole.
        case integrity
        /// Sequence numbers are missing only where events were removed.
        case sequence
        /// An entry of the log is an event, and its columns say the same.
        case event
        /// A matter is opened, updated, closed, in this order.
        case lifecycle
        /// The row of a matter says what its events say.
        case matter
        /// Every claim is of an alert that is there, and an alert is held once.
        case claim
        /// What happened to an alert may follow each other and leads to where it stands.
        case transition
        /// A verdict belongs to a reported alert.
        case verdict
        /// A reader has not read what was never written.
        case cursor
        /// The bytes that are counted are there.
        case bytes
    }

    /// Which rule is broken.
    public let rule: Rule
    /// Names the thing and says what is wrong with it.
    public let message: String
    /// What to do about it.
    public let advice: String
}

extension HandoverState {
    /// Where something that happens leads to; nil where it must not happen.
    func after(_ kind: Transition.Kind) -> HandoverState? {
        switch (self, kind) {
        case (.noted, _): nil
        case (.claimed, .reported), (.covered, .escalated): nil
        case (_, .reported): .reported
        case (.pending, .claimed): .claimed
        case (.pending, .escalated): .pending
        case (.pending, .expired): .expired
        case (.pending, .covered): .covered
        case (.pending, .dead): .dead
        case (.claimed, .extended): .claimed
        case (.claimed, .released), (.claimed, .lapsed): .pending
        case (.claimed, .acknowledged): .acknowledged
        case (.acknowledged, .arrived): .arrived
        case (.dead, .retried), (.expired, .retried), (.covered, .retried): .pending
        case (.covered, .uncovered): .pending
        default: nil
        }
    }
}
