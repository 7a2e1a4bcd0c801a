internal import CFFmpeg

/// Ends FFmpeg's blocking calls: when their time is up, or when the caller cancels.
///
/// Belongs to the thread that reads; only the cancellation is shared.
final class Interrupt {
    let cancellation: Cancellation
    /// Whether a call was ended because its time was up.
    private(set) var isExpired = false
    private var deadline = ContinuousClock.now

    init(cancellation: Cancellation) {
        self.cancellation = cancellation
    }

    /// Gives the calls that follow this much time, all of them together.
    func allow(_ duration: Duration) {
        isExpired = false
        deadline = ContinuousClock.now.advanced(by: duration)
    }

    /// What FFmpeg asks every tenth of a second; this object has to outlive its user.
    var callback: AVIOInterruptCB {
        AVIOInterruptCB(
            callback: { opaque in
                guard let opaque else { return 0 }
                return Unmanaged<Interrupt>.fromOpaque(opaque).takeUnretainedValue().check()
            },
            opaque: Unmanaged.passUnretained(self).toOpaque()
        )
    }

    private func check() -> Int32 {
        if cancellation.isCancelled { return 1 }
        if ContinuousClock.now >= deadline { isExpired = true }
        return isExpired ? 1 : 0
    }
}
