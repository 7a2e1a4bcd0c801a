internal import Scene

extension Reel {
    /// Without the pictures from `start` up to but not including `end`.
    func without(from start: MediaTime, to end: MediaTime) -> Reel {
        Reel(frames: frames.filter { $0.time < start || $0.time >= end })
    }

    /// Every second picture, from the first.
    func halved() -> Reel {
        Reel(frames: stride(from: 0, to: frames.count, by: 2).map { frames[$0] })
    }

    /// The same pictures from the last to the first; the last one is at time 0.
    func reversed() -> Reel {
        Reel(
            frames: frames.reversed().map { frame in
                Frame(time: .zero + (end - frame.time), picture: frame.picture)
            }
        )
    }
}
