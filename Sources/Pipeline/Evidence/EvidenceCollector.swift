internal import Alerts
internal import Imaging
internal import Media
internal import Scene

/// Follows one stream and takes what is added to the evidence of its alerts: pictures when they are
/// due, and clips once they are long enough.
///
/// Belongs to the stream's thread. What takes long is handed to the work.
struct EvidenceCollector {
    private struct Pending {
        let addition: EvidenceAddition
        let incident: Incident
        var wide: [(number: Int, due: MediaTime)]
        /// Until when the clip goes; nil once it is cut, or where there is none.
        var clip: (from: MediaTime, to: MediaTime)?
        let end: MediaTime
    }

    /// Alerts of one camera that are added to at once.
    private static let maximum = 8
    /// A picture of the beginning is taken from a key frame no further away than this.
    private static let arrivalSlack = MediaSpan.seconds(5)

    private let scene: EvidenceScene
    private let work: EvidenceWork
    private let append: @Sendable (EvidenceManifest, String) throws -> Void
    private var pending: [Pending] = []

    /// A collector of one stream.
    ///
    /// - Parameters:
    ///   - scene: the stream's surroundings.
    ///   - work: does what takes long.
    ///   - append: takes a finished manifest, and where its copy goes.
    init(
        scene: EvidenceScene,
        work: EvidenceWork,
        append: @escaping @Sendable (EvidenceManifest, String) throws -> Void
    ) {
        self.scene = scene
        self.work = work
        self.append = append
    }

    /// Alerts that are added to.
    var count: Int { pending.count }

    /// Begins to add to an alert that was opened.
    ///
    /// - Parameters:
    ///   - event: the opening.
    ///   - incident: what it tells of.
    ///   - frame: the frame that proves it.
    ///   - ring: the latest packets; nil where they are not held.
    ///   - offset: from the ring's clock to the stream's.
    /// - Throws: what the work throws where it is done at once.
    mutating func opened(
        _ event: AlertEvent,
        incident: Incident,
        frame: VideoFrame,
        ring: PacketRing?,
        offset: MediaSpan = .zero
    ) throws {
        guard let span = scene.policy.addedWithin else { return }
        let time = incident.time
        let addition = EvidenceAddition(event, at: time, in: scene)
        guard pending.count < Self.maximum else {
            addition.miss("all", why: "too many alerts of this camera at once")
            return try close(addition)
        }
        try addArrival(to: addition, incident, ring, offset)
        try addFirst(to: addition, incident, frame)
        let step = scene.policy.spacing.microseconds
        var wanted = Pending(
            addition: addition,
            incident: incident,
            wide: (0..<scene.policy.wide).map { index in
                (index + 1, time + MediaSpan(microseconds: step * Int64(index + 1)))
            },
            end: time + span
        )
        if let refusal = scene.clipRefusal {
            addition.miss("clip", why: refusal)
        } else if let clip = scene.policy.clip {
            wanted.clip = (time - clip.before, time + clip.after)
        }
        pending.append(wanted)
    }

    /// Takes what is due at a frame.
    ///
    /// - Parameters:
    ///   - frame: the latest frame.
    ///   - time: its time in the stream.
    ///   - ring: the latest packets, its frame's among them; nil where they are not held.
    ///   - offset: from the ring's clock to the stream's.
    /// - Throws: what the work throws where it is done at once.
    mutating func step(
        _ frame: VideoFrame,
        at time: MediaTime,
        ring: PacketRing?,
        offset: MediaSpan = .zero
    ) throws {
        guard !pending.isEmpty else { return }
        for index in pending.indices {
            while let next = pending[index].wide.first, next.due <= time {
                pending[index].wide.removeFirst()
                try addWide(to: pending[index], next.number, frame, at: time)
            }
            if let clip = pending[index].clip, time >= clip.to {
                try cut(&pending[index], ring, offset)
            }
        }
        for done in pending where time >= done.end { try close(done.addition) }
        pending.removeAll { time >= $0.end }
    }

    /// Cuts what is wanted of a connection that is lost.
    mutating func lost(ring: PacketRing?, offset: MediaSpan) throws {
        for index in pending.indices where pending[index].clip != nil {
            try cut(&pending[index], ring, offset)
        }
    }

    /// Ends all that is going on, because the stream is over.
    mutating func end(
        because reason: String,
        ring: PacketRing?,
        offset: MediaSpan = .zero
    ) throws {
        for index in pending.indices {
            if pending[index].clip != nil { try cut(&pending[index], ring, offset) }
            for wide in pending[index].wide {
                pending[index].addition.miss("wide \(wide.number)", why: reason)
            }
            try close(pending[index].addition)
        }
        pending = []
    }

    private func close(_ addition: EvidenceAddition) throws {
        _ = try work.submit { [append] in
            // The list is signed even where the composite cannot be written.
            let composite = Result { try addition.addComposite() }
            try append(addition.manifest(), addition.manifestFile)
            try composite.get()
        }
    }

    /// Hands over work that makes something; it is missing where too much waits.
    private func submit(
        _ what: String,
        _ addition: EvidenceAddition,
        _ body: @escaping @Sendable () throws -> Void
    ) throws {
        guard try !work.submit(isSpared: true, body) else { return }
        addition.miss(what, why: "too much was to be done at once")
    }
}

extension EvidenceCollector {
    private func addArrival(
        to addition: EvidenceAddition,
        _ incident: Incident,
        _ ring: PacketRing?,
        _ offset: MediaSpan
    ) throws {
        guard scene.policy.arrival, incident.time - incident.startedAt > .seconds(1) else { return }
        let wanted = MediaTime(microseconds: incident.startedAt.microseconds - offset.microseconds)
        guard let key = ring?.keyframe(near: wanted),
            abs((key.start - wanted).microseconds) <= Self.arrivalSlack.microseconds
        else {
            return addition.miss("arrival", why: "no picture of that time is held any longer")
        }
        let box = incident.zone
        try submit("arrival", addition) { [scene] in
            let picture: Picture
            do throws(MediaError) {
                picture = try key.firstFrame().copy()
            } catch {
                return addition.miss("arrival", why: "\(error)")
            }
            let drawn = scene.drawn(on: picture, zone: box)
            try addition.add(drawn, .arrival, at: key.start + offset)
        }
    }

    /// Takes what the opening's frame gives: the close-up, and a panel of the composite.
    private func addFirst(
        to addition: EvidenceAddition,
        _ incident: Incident,
        _ frame: VideoFrame
    ) throws {
        let (policy, time) = (scene.policy, incident.lastSeen ?? incident.time)
        guard policy.closeUp || policy.composite else { return }
        try submit("close_up", addition) { [scene] in
            let picture = scene.masked(frame.copy())
            addition.keepPanel(scene.drawn(onMasked: picture, incident), at: time)
            guard policy.closeUp else { return }
            let part = CloseUp.picture(of: incident.object.box, in: picture)
            try addition.add(part, .closeUp, at: time)
        }
    }

    private func addWide(
        to pending: Pending,
        _ number: Int,
        _ frame: VideoFrame,
        at time: MediaTime
    ) throws {
        let (addition, zone) = (pending.addition, pending.incident.zone)
        try submit("wide \(number)", addition) { [scene] in
            let drawn = scene.drawn(on: frame.copy(), zone: zone)
            try addition.add(drawn, .wide, number: number, at: time)
        }
    }

    private func cut(
        _ pending: inout Pending,
        _ ring: PacketRing?,
        _ offset: MediaSpan
    ) throws {
        guard let clip = pending.clip else { return }
        pending.clip = nil
        let addition = pending.addition
        let (from, to) = (
            MediaTime(microseconds: clip.from.microseconds - offset.microseconds),
            MediaTime(microseconds: clip.to.microseconds - offset.microseconds)
        )
        guard let source = ring?.section(from: from, to: to) else {
            return addition.miss("clip", why: "no video of that time is held")
        }
        try submit("clip", addition) {
            try addition.addClip(source, offset: offset, until: clip.to)
        }
    }
}
