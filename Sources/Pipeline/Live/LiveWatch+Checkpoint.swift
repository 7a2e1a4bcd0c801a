internal import Alerts
internal import Logging
internal import Scene
internal import Site

extension LiveWatch {
    /// Takes the state as it is now, with no event that is about to be committed.
    ///
    /// - Returns: what puts the checkpoint together, where there is time; nil before the first
    ///   frame.
    func keptState() -> (@Sendable () throws -> CameraCheckpoint)? {
        guard let stream else { return nil }
        let (basis, state) = (basis, analysis.checkpoint())
        let (identity, anchor) = (stream.identity, stream.clock.anchor)
        return {
            try CameraCheckpoint(
                basis: basis,
                stream: identity,
                anchor: anchor,
                pending: [],
                analysis: state
            )
        }
    }

    /// Looks for what the program kept when it ran last.
    ///
    /// Events that were decided and perhaps not committed are committed now, whatever becomes of
    /// the rest.
    ///
    /// - Throws: what keeps events from being committed when the run is stopped.
    mutating func recall() throws {
        keeper.file.removeRemains()
        switch keeper.file.read() {
        case .nothing:
            tellLeftOpen()
        case .unusable(let reason):
            dismissFile(because: reason)
            tellLeftOpen()
        case .checkpoint(let checkpoint):
            for line in checkpoint.pending {
                try worker.desk.commit(QueueEvent(jsonLine: line))
            }
            if let reason = refusal(of: checkpoint) {
                try end(checkpoint, because: reason)
            } else {
                kept = checkpoint
            }
        }
    }

    /// The stream that was watched when the program ran last, the analysis taken up where it was;
    /// nil where none is to be gone on with.
    ///
    /// - Throws: what keeps events from being committed when the run is stopped.
    mutating func resumed() throws -> LiveStream? {
        guard let checkpoint = kept else { return nil }
        kept = nil
        if let reason = refusal(of: checkpoint) {
            try end(checkpoint, because: reason)
            return nil
        }
        do {
            analysis = try StreamAnalysis(
                camera: worker.camera,
                model: worker.model,
                resuming: checkpoint.analysisCheckpoint()
            )
        } catch {
            try end(checkpoint, because: "its state is that of another version: \(error)")
            return nil
        }
        let gap = max(0, checkpoint.gap(to: LiveClock.civilNow).seconds)
        worker.logger.notice(
            "goes on from its state of \(Int(gap)) s ago; open: \(checkpoint.open.count)"
        )
        let clock = LiveClock(resuming: checkpoint.anchor, noEarlierThan: checkpoint.time)
        return LiveStream(checkpoint.stream, clock: clock, worker: worker)
    }

    private func refusal(of checkpoint: CameraCheckpoint) -> String? {
        worker.checkpoints.refusal(of: checkpoint, basis: basis, now: LiveClock.civilNow)
    }

    /// Ends a stream that is not gone on with: whatever was open in it is closed at the time when
    /// it was last watched, and all clocks begin anew.
    private func end(_ checkpoint: CameraCheckpoint, because reason: String) throws {
        worker.logger.warning(
            "begins anew, because \(reason); closes what was open: \(checkpoint.open.count)"
        )
        let recorder = worker.recorder(stream: checkpoint.stream, anchor: checkpoint.anchor)
        for matter in checkpoint.open {
            try worker.desk.close(matter, at: checkpoint.time, by: recorder)
        }
        do {
            try keeper.file.remove()
        } catch {
            worker.logger.warning("\(error)")
        }
    }

    private func dismissFile(because reason: String) {
        do {
            let aside = try keeper.file.setAside()
            let what = "\(keeper.file.path) cannot be used: \(reason)"
            worker.logger.warning("begins anew, because \(what); it was moved to \(aside)")
        } catch {
            worker.logger.warning("begins anew, because of its state \(reason); \(error)")
        }
    }

    /// Says which matters nobody will close, because what was known of them is lost.
    private func tellLeftOpen() {
        let filter = MatterFilter(camera: worker.camera.id, isOpen: true, limit: 1000)
        guard let open = try? worker.desk.store.matters(filter), !open.isEmpty else { return }
        let command = "patrol queue list --open --camera \(worker.camera.id.rawValue)"
        worker.logger.warning(
            "nobody watches any longer what is open in the queue: \(open.count); see \(command)"
        )
    }
}
