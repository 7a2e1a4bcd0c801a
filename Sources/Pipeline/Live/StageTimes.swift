/// Where the time goes between the frame that decides an event and the event on the disk.
struct StageTimes: CustomStringConvertible {
    /// The steps of that way, in order.
    enum Stage: String {
        /// From the frame to the decision.
        case analysis
        /// The copy of the state.
        case copy
        /// The picture, drawn, encoded and on the disk.
        case evidence
        /// The rest of the state's way to the disk, which begins beside the picture.
        case state
        /// The event in the queue, synced, and in the log.
        case commit
    }

    /// When the frame came.
    let begin = ContinuousClock.now
    private var times: [(stage: Stage, end: ContinuousClock.Instant)] = []

    /// Takes note that a stage ends now.
    mutating func end(_ stage: Stage) {
        times.append((stage, .now))
    }

    /// Each stage with its milliseconds.
    var description: String {
        var before = begin
        return times.map { time in
            let taken = (time.end - before) / .milliseconds(1)
            before = time.end
            return "\(time.stage.rawValue) \(Int(taken.rounded())) ms"
        }
        .joined(separator: ", ")
    }
}
