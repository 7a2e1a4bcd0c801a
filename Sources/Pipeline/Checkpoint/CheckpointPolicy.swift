internal import Scene

/// When the state of a camera is written, and when it is gone on from.
struct CheckpointPolicy: Sendable {
    /// Time between two checkpoints.
    var interval: Duration
    /// When the site file was last written, where the user gave one.
    var siteFileWritten: Instant?

    /// Longest gap after which the clocks go on; what stood there may have changed in a longer one.
    static let longestGap = MediaSpan.seconds(30 * 60)
    /// How far the host's clock may have been set back meanwhile without anybody's noticing.
    private static let tolerance = MediaSpan.seconds(60)

    /// Looks whether a camera can go on from a checkpoint.
    ///
    /// - Parameters:
    ///   - checkpoint: what was kept.
    ///   - basis: what holds now.
    ///   - now: civil time.
    /// - Returns: why it cannot; nil where it can.
    func refusal(
        of checkpoint: CameraCheckpoint,
        basis: CheckpointBasis,
        now: Instant
    ) -> String? {
        if let change = checkpoint.basis.change(to: basis) { return change }
        if checkpoint.isConfirmed(bySiteFileOf: siteFileWritten) {
            return "the site file was written after it was moved, which confirms its zones"
        }
        let gap = checkpoint.gap(to: now)
        if gap > Self.longestGap {
            return "it was not watched for \(Int(gap.seconds / 60)) minutes"
        }
        if gap + Self.tolerance < .zero {
            return "the host's clock is \(Int(-gap.seconds)) s behind the state, so it was set back"
        }
        return nil
    }
}

extension CameraCheckpoint {
    /// How long it was not watched, by the host's clock.
    func gap(to now: Instant) -> MediaSpan {
        now - anchor.instant(at: time)
    }
}
