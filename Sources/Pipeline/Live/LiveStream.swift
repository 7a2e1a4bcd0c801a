internal import Alerts
internal import Scene

/// One run of live video: its name, its clock and whoever records what is found in it.
struct LiveStream {
    let identity: StreamIdentity
    let clock: LiveClock
    let recorder: AlertRecorder

    init(_ identity: StreamIdentity, clock: LiveClock, worker: CameraWorker) {
        self.identity = identity
        self.clock = clock
        recorder = worker.recorder(stream: identity, anchor: clock.anchor)
    }
}
