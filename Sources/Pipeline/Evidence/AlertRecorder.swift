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
            ),
            handover: site.handover,
            place: camera.location?.place
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
    ///   - frame: the frame that proves it: that it was decided on, or, of a person who vanished,
    ///     that of the last sight.
    /// - Returns: the event as it is committed, and whether this call committed it.
    /// - Throws: `MediaError`, `PipelineError` or `AlertError`; then nothing is committed, and the
    ///   same call may be tried again.
    func record(
        _ matter: Matter,
        frame: VideoFrame
    ) throws -> (event: QueueEvent, isNew: Bool) {
        let event = try prepare(matter, frame: frame)
        return (event, try store.commit(event.common, recordedAt: LiveClock.civilNow))
    }

    /// Writes the evidence of a matter and makes the event that tells of it, not yet committed.
    ///
    /// The frames of a live stream come only once. What an analysis finds that went back to an
    /// older state is therefore never the same to the byte: an event of that name that is
    /// committed already stands for it.
    ///
    /// - Parameters:
    ///   - matter: what happened.
    ///   - frame: the frame that it was decided on.
    /// - Returns: the event, whose evidence is complete and on the disk.
    /// - Throws: `MediaError`, `PipelineError` or `AlertError`; the same call may be tried again.
    func prepare(_ matter: Matter, frame: VideoFrame) throws -> QueueEvent {
        let picture = try picture(of: matter, on: frame)
        let event = event(of: matter, picture: picture)
        if let kept = try committed(event) { return context.stream.isLive ? kept : event }
        for file in event.common.matter.evidence {
            try DurableFile.write(picture, to: "\(folder)/\(file.file)")
        }
        return event
    }

    /// The event that ends a matter which nobody watches any longer; it has no evidence.
    ///
    /// - Parameters:
    ///   - matter: its last event.
    ///   - time: when it was last watched.
    /// - Returns: the event, or the one of that name that is committed already.
    /// - Throws: `AlertError` where the queue cannot be read.
    func closing(_ matter: Matter, at time: MediaTime) throws -> QueueEvent {
        let event = event(of: matter.closed(at: time), evidence: [])
        return try committed(event) ?? event
    }

    private func committed(_ event: QueueEvent) throws -> QueueEvent? {
        try store.matter(id: event.common.matter.matterID).first {
            $0.common.id == event.common.id
        }
    }

    private func picture(
        of matter: Matter,
        on frame: VideoFrame
    ) throws(MediaError) -> [UInt8] {
        switch matter {
        case .incident(let incident):
            let zone = zones.first { $0.id == incident.zone }
            return try Snapshot.jpeg(
                of: frame,
                incident: incident,
                zone: zone?.polygon,
                water: zone?.water.depths?.waterPlace
            )
        case .health:
            return try Snapshot.jpeg(of: frame, zones: zones.map(\.polygon))
        }
    }

    private func event(of matter: Matter, picture: [UInt8]) -> QueueEvent {
        let bare = event(of: matter, evidence: []).common.matter
        let name = "\(bare.matterID)-\(bare.revision)"
        return event(of: matter, evidence: [snapshot(picture, name: name)])
    }

    private func event(of matter: Matter, evidence: [EvidenceFile]) -> QueueEvent {
        switch matter {
        case .incident(let incident):
            .alert(AlertEvent(incident: incident, context: context, evidence: evidence))
        case .health(let health):
            .health(HealthEvent(matter: health, context: context, evidence: evidence))
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
