internal import Alerts
internal import Media
internal import Rules
internal import Scene
internal import Site

/// Turns the matters of one stream into committed events with their evidence.
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
    ///   - store: where the events are committed.
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

    /// Writes the evidence of a matter, then commits the event that tells of it.
    ///
    /// An event that was committed earlier stays as it is, with its evidence; what differs from it
    /// is refused.
    ///
    /// - Parameters:
    ///   - matter: what happened.
    ///   - frame: the frame that it was decided on.
    /// - Returns: the event as it is committed, and whether this call committed it.
    /// - Throws: `MediaError`, `PipelineError` or `AlertError`; then nothing is committed, and the
    ///   same call may be tried again.
    func record(
        _ matter: Matter,
        frame: VideoFrame
    ) throws -> (event: QueueEvent, isNew: Bool) {
        let picture = try picture(of: matter, on: frame)
        let event = event(of: matter, picture: picture)
        let common = event.common
        let isKnown = try store.matter(id: common.matter.matterID).contains {
            $0.common.id == common.id
        }
        if !isKnown {
            for file in common.matter.evidence {
                try DurableFile.write(picture, to: "\(folder)/\(file.file)")
            }
        }
        return (event, try store.commit(common))
    }

    private func picture(
        of matter: Matter,
        on frame: VideoFrame
    ) throws(MediaError) -> [UInt8] {
        switch matter {
        case .incident(let incident):
            let zone = zones.first { $0.id == incident.zone }?.polygon
            return try Snapshot.jpeg(of: frame, incident: incident, zone: zone)
        case .health:
            return try Snapshot.jpeg(of: frame, zones: zones.map(\.polygon))
        }
    }

    private func event(of matter: Matter, picture: [UInt8]) -> QueueEvent {
        switch matter {
        case .incident(let incident):
            let id = AlertEvent.alertID(for: incident, context: context)
            let evidence = snapshot(picture, name: "\(id)-\(incident.revision)")
            return .alert(
                AlertEvent(incident: incident, context: context, evidence: [evidence])
            )
        case .health(let health):
            let id = HealthEvent.healthID(for: health, context: context)
            let evidence = snapshot(picture, name: "\(id)-\(health.revision)")
            return .health(HealthEvent(matter: health, context: context, evidence: [evidence]))
        }
    }

    private func snapshot(_ picture: [UInt8], name: String) -> EvidenceFile {
        EvidenceFile(
            kind: .snapshot,
            file: "evidence/\(context.camera.id.rawValue)/\(name).jpg",
            sha256: Digest.sha256(picture),
            mediaType: "image/jpeg"
        )
    }
}
