internal import Alerts
internal import Media
internal import Rules
internal import Scene
internal import Site

/// Turns the incidents of one stream into committed alerts with their evidence.
struct AlertRecorder: Sendable {
    private let context: AlertContext
    private let zones: [ZoneRule]
    private let folder: String
    private let store: AlertStore

    /// A recorder for one stream of a camera.
    ///
    /// - Parameters:
    ///   - site: the site that the camera is part of.
    ///   - camera: the camera.
    ///   - stream: the run of video.
    ///   - anchor: ties the stream's time to civil time.
    ///   - folder: where the evidence goes, in `evidence/<camera>/`.
    ///   - store: where the alerts are committed.
    init(
        site: SiteConfiguration,
        camera: CameraConfiguration,
        stream: StreamIdentity,
        anchor: ClockAnchor,
        folder: String,
        store: AlertStore
    ) {
        context = AlertContext(
            site: site.id,
            camera: AlertCamera(camera),
            stream: stream,
            anchor: anchor,
            zoneNames: Dictionary(
                camera.zones.map { ($0.id, $0.name) },
                uniquingKeysWith: { first, _ in first }
            )
        )
        zones = camera.zones
        self.folder = folder
        self.store = store
    }

    /// Writes the evidence of an incident, then commits its alert.
    ///
    /// An alert that was committed earlier stays as it is, with its evidence; what differs from it
    /// is refused.
    ///
    /// - Parameters:
    ///   - incident: what happened.
    ///   - frame: the frame that it was decided on.
    /// - Returns: the alert as it is committed, and whether this call committed it.
    /// - Throws: `MediaError`, `PipelineError` or `AlertError`; then nothing is committed, and the
    ///   same call may be tried again.
    func record(
        _ incident: Incident,
        frame: VideoFrame
    ) throws -> (event: AlertEvent, isNew: Bool) {
        let id = AlertEvent.alertID(for: incident, context: context)
        let zone = zones.first { $0.id == incident.zone }?.polygon
        let picture = try Snapshot.jpeg(of: frame, incident: incident, zone: zone)
        let evidence = EvidenceFile(
            kind: .snapshot,
            file: "evidence/\(context.camera.id.rawValue)/\(id)-\(incident.revision).jpg",
            sha256: Digest.sha256(picture),
            mediaType: "image/jpeg"
        )
        let event = AlertEvent(incident: incident, context: context, evidence: [evidence])
        let isKnown = try store.alert(id: id).contains { $0.id == event.id }
        if !isKnown { try DurableFile.write(picture, to: "\(folder)/\(evidence.file)") }
        return (event, try store.commit(event))
    }
}
