internal import Alerts
internal import Scene

/// One run of live video: its name, its clock and whoever records what is found in it.
struct LiveStream {
    let identity: StreamIdentity
    let clock: LiveClock
    let recorder: AlertRecorder
    /// What is added to the evidence of its alerts.
    var collector: EvidenceCollector

    init(_ identity: StreamIdentity, clock: LiveClock, worker: CameraWorker) {
        self.identity = identity
        self.clock = clock
        let evidence = worker.desk.evidence
        recorder = worker.recorder(stream: identity, anchor: clock.anchor)
        collector = EvidenceCollector(scene: recorder.scene, work: evidence.work) {
            evidence.append($0, copy: $1)
        }
    }
}
