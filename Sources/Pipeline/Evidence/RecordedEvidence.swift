internal import Alerts
internal import Media
internal import Scene
internal import Site

/// The evidence of one recording while it is analysed.
struct RecordedEvidence {
    let recorder: AlertRecorder
    private let ring: PacketRing?
    private var collector: EvidenceCollector

    /// Evidence of a recording.
    ///
    /// - Parameters:
    ///   - recorder: makes its events.
    ///   - ring: its latest packets.
    ///   - work: does what takes long.
    ///   - append: takes a finished manifest, and where its copy goes.
    init(
        _ recorder: AlertRecorder,
        ring: PacketRing?,
        work: EvidenceWork,
        append: @escaping @Sendable (EvidenceManifest, String) throws -> Void
    ) {
        self.recorder = recorder
        self.ring = ring
        collector = EvidenceCollector(scene: recorder.scene, work: work, append: append)
    }

    /// What keeps the latest packets of a camera's video; nil where nobody asks for them.
    static func ring(of camera: CameraConfiguration, in site: SiteConfiguration) -> PacketRing? {
        let anchor = ClockAnchor(start: Instant(microseconds: 0), quality: .unknown)
        let scene = EvidenceScene(
            site: site,
            camera: camera,
            anchor: anchor,
            folder: "",
            model: nil
        )
        return scene.ringLimits.map { PacketRing($0) }
    }

    /// Begins to add to an alert where a matter opened one.
    mutating func took(_ matter: Matter, _ event: QueueEvent, _ frame: VideoFrame) throws {
        guard case .alert(let alert) = event, let incident = matter.incident,
            incident.phase == .opened
        else { return }
        try collector.opened(alert, incident: incident, frame: frame, ring: ring)
    }

    /// Takes what is due.
    mutating func saw(_ frame: VideoFrame) throws {
        try collector.step(frame, at: frame.time, ring: ring)
    }

    /// Ends with the recording.
    mutating func end() throws {
        try collector.end(because: "the recording ended before", ring: ring)
    }
}
