internal import Alerts
internal import Imaging
internal import Media
internal import Scene
internal import Synchronization

/// What is added to the evidence of one alert after its opening, until it is signed.
final class EvidenceAddition: Sendable {
    private struct State {
        var files: [ManifestFile] = []
        var missing: [MissingEvidence] = []
        var panels: [Composite.Panel] = []
        var closeUp: Composite.Panel?
        var latest: MediaTime
        var hasTextProblem = false
    }

    let event: AlertEvent
    private let scene: EvidenceScene
    private let state: Mutex<State>

    init(_ event: AlertEvent, at time: MediaTime, in scene: EvidenceScene) {
        self.event = event
        self.scene = scene
        state = Mutex(State(latest: time))
    }

    /// Notes that something is not there.
    func miss(_ what: String, why: String) {
        state.withLock { $0.missing.append(MissingEvidence(what, why: why)) }
    }

    /// Writes a picture.
    ///
    /// - Parameters:
    ///   - picture: masked, and drawn upon.
    ///   - kind: what it shows.
    ///   - number: tells it from others of its kind; nil where there is one.
    ///   - time: when it was taken.
    /// - Throws: `PipelineError` where the file cannot be written; a picture that cannot be made is
    ///   missing.
    func add(
        _ picture: Picture,
        _ kind: ManifestFile.Kind,
        number: Int? = nil,
        at time: MediaTime
    ) throws {
        let role = kind.evidenceText + (number.map { " \($0)" } ?? "")
        let name = Self.name(kind, number)
        try attempt(name) {
            let made = try EvidencePicture(
                picture,
                kind: kind,
                role: role,
                at: time,
                subject: event.data.alertID,
                about: about,
                in: scene
            )
            let file = scene.file("\(event.data.alertID)-\(Self.suffix(kind, number)).jpg")
            try DurableFile.write(made.bytes, to: "\(scene.folder)/\(file)")
            let listed = ManifestFile(
                kind: kind,
                file: file,
                sha256: Digest.sha256(made.bytes),
                mark: made.mark,
                time: Timestamp(scene.anchor.instant(at: time))
            )
            let panel = Composite.panel("\(role) \(scene.text(of: time))", of: picture)
            state.withLock { state in
                state.files.append(listed)
                state.latest = max(state.latest, time)
                if let problem = made.problem, !state.hasTextProblem {
                    state.hasTextProblem = true
                    state.missing.append(MissingEvidence("text", why: problem))
                }
                guard scene.policy.composite, kind != .composite else { return }
                if kind == .closeUp { state.closeUp = panel } else { state.panels.append(panel) }
            }
        }
    }

    /// Keeps a picture for the composite that has its own file already.
    func keepPanel(_ picture: Picture, at time: MediaTime) {
        guard scene.policy.composite else { return }
        let title = "\(ManifestFile.Kind.snapshot.evidenceText) \(scene.text(of: time))"
        let panel = Composite.panel(title, of: picture)
        state.withLock { $0.panels.append(panel) }
    }

    /// Writes a clip.
    ///
    /// - Parameters:
    ///   - source: its packets, by the clock of their connection.
    ///   - offset: from that clock to the stream's.
    ///   - end: until when it was asked for, in the stream's time.
    /// - Throws: as `add(_:_:number:at:)`.
    func addClip(_ source: ClipSource, offset: MediaSpan, until end: MediaTime) throws {
        try attempt("clip") {
            let file = scene.file("\(event.data.alertID)-clip.mp4")
            let hash = try DurableFile.make("\(scene.folder)/\(file)") { path in
                try ClipWriter.write(source, to: path)
                return try Digest.sha256(ofFile: path)
            }
            let start = source.start + offset
            let listed = ManifestFile(
                kind: .clip,
                file: file,
                sha256: hash,
                time: Timestamp(scene.anchor.instant(at: start)),
                seconds: (source.end - source.start).seconds
            )
            state.withLock { state in
                state.files.append(listed)
                state.latest = max(state.latest, min(end, source.end + offset))
            }
        }
    }

    /// Makes the composite of what is there.
    func addComposite() throws {
        guard scene.policy.composite else { return }
        let (panels, time) = state.withLock { state in
            let shown = Self.chosen(state.panels, state.closeUp)
            state.panels = []
            state.closeUp = nil
            return (shown, state.latest)
        }
        guard panels.count > 1 else { return miss("composite", why: "there is one picture only") }
        try attempt("composite") {
            guard let picture = try Composite.made(of: panels) else { return }
            try add(picture, .composite, at: time)
        }
    }

    /// All that there is, in a fixed order.
    func manifest() -> EvidenceManifest {
        state.withLock { state in
            EvidenceManifest(
                .addition,
                subject: EvidenceSubject(
                    id: event.data.alertID,
                    event: event.id,
                    source: event.source,
                    topic: event.data.kind.rawValue,
                    time: Timestamp(scene.anchor.instant(at: state.latest))
                ),
                origin: scene.origin,
                files: state.files.sorted { $0.file < $1.file },
                missing: state.missing
            )
        }
    }

    /// Where the signed list goes.
    var manifestFile: String {
        scene.file("\(event.data.alertID)\(EvidenceChain.manifestSuffix)")
    }

    /// The zone and what is the matter.
    private var about: [String] { Self.about(event, in: scene) }

    static func about(_ event: AlertEvent, in scene: EvidenceScene) -> [String] {
        var about = ["区域 \(event.data.zone.name)", "类型 \(event.data.kind.evidenceText)"]
        if let code = event.data.eventCode { about.append("代码 \(code.code)") }
        return about
    }

    /// What fails for good is missing; what may pass ends the run, or is missing in a live one.
    private func attempt(_ what: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as MediaError where [.unsupported, .invalidData].contains(error.code) {
            miss(what, why: error.message)
        } catch {
            miss(what, why: "it could not be written")
            throw error
        }
    }

    /// The first picture, the latest ones and the close-up: four at most.
    private static func chosen(
        _ panels: [Composite.Panel],
        _ closeUp: Composite.Panel?
    ) -> [Composite.Panel] {
        let others = closeUp == nil ? 4 : 3
        let wide =
            panels.count <= others ? panels : panels.prefix(2) + panels.suffix(others - 2)
        return wide + [closeUp].compactMap { $0 }
    }

    private static func suffix(_ kind: ManifestFile.Kind, _ number: Int?) -> String {
        let word = kind.rawValue.split(separator: "_").joined(separator: "-")
        return word + (number.map { "-\($0)" } ?? "")
    }

    private static func name(_ kind: ManifestFile.Kind, _ number: Int?) -> String {
        kind.rawValue + (number.map { " \($0)" } ?? "")
    }
}

extension ManifestFile.Kind {
    /// What a picture shows, in Chinese.
    var evidenceText: String {
        switch self {
        case .snapshot: "抓拍"
        case .arrival: "到达"
        case .wide: "全景"
        case .closeUp: "特写"
        case .composite: "合成"
        case .clip: "录像"
        }
    }
}
