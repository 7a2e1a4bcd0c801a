internal import Detection
internal import Scene

/// What happens at one place from frame to frame: the events that make up the timeline.
struct PlaceStory {
    /// What was given up at the place last.
    struct Removal {
        let time: MediaTime
        let id: ObjectID
        let wasConfirmed: Bool
        let reason: String
        /// The test by which verification took it for something else.
        let test: TestResult?
    }

    private(set) var events: [(time: MediaTime, event: Explanation.Event)] = []
    /// The latest look at each object.
    private(set) var findings: [ObjectID: Inspection.Finding] = [:]
    private(set) var removal: Removal?
    /// Incidents of the place that are open, and when the last one closed.
    private(set) var opened: [Int: MediaTime] = [:]
    private(set) var closed: (number: Int, opened: MediaTime, time: MediaTime)?

    private var known: [ObjectID: KnownObject] = [:]
    private var passers: [ObjectID: Passer] = [:]
    private var pixels = PixelRuns()
    private var view: NormalizedBox?
    private var blindness: (since: MediaTime, reason: String)?

    /// A static object as it was in the frame before.
    private struct KnownObject {
        var object: Inspection.Standing
        var hiddenSince: MediaTime?
        var isToldHidden = false
        var verdict: Inspection.Finding.Verdict?
    }

    /// A track while it is at the place.
    private struct Passer {
        var since: MediaTime
        var last: MediaTime
        var classification: Classification
    }

    /// How long something must be hidden, or a track away, for it to be told.
    private static let patience = MediaSpan.seconds(1)

    /// Takes in one analysed frame and what was told at it.
    mutating func add(_ frame: FrameInspection, _ matters: [Matter]) {
        let time = frame.observations.time
        followView(frame.detector.view, at: time)
        followPicture(frame.detector.picture, at: time)
        for told in pixels.step(frame.patch, at: time) { tell(told.time, "pixels", told.text) }
        weigh(frame, at: time)
        followObjects(frame, at: time)
        followTracks(frame, at: time)
        for matter in matters {
            if let incident = matter.incident { take(incident, frame) }
        }
    }

    /// The events in order of time, with what still goes on told at its begin.
    mutating func finish(at time: MediaTime) -> [Explanation.Event] {
        for told in pixels.finish(at: time) { tell(told.time, "pixels", told.text) }
        for (id, passer) in passers.sorted(by: { $0.key < $1.key }) {
            tell(passer.since, "track", "\(Self.name(id)) \(passer.classification.words) is here")
        }
        if let blindness {
            tell(blindness.since, "picture", "nothing is decided since: \(blindness.reason)")
        }
        return events.enumerated()
            .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element.event)
    }

    private mutating func tell(_ time: MediaTime, _ topic: String, _ text: String) {
        events.append(
            (time, Explanation.Event(seconds: time.roundedSeconds, topic: topic, text: text))
        )
    }

    static func name(_ id: ObjectID) -> String { "#\(id.rawValue)" }

    // MARK: Picture

    /// A zone's window knows objects of its own.
    private mutating func followView(_ present: NormalizedBox, at time: MediaTime) {
        defer { view = present }
        guard let view, view != present else { return }
        known = [:]
        passers = [:]
        tell(time, "picture", "the zone is looked at through a finer window, with new numbers")
    }

    private mutating func followPicture(_ picture: Inspection.PictureFigures, at time: MediaTime) {
        if picture.isBlind {
            let signs = picture.signs.map(\.fault.rawValue).joined(separator: ", ")
            let reason = picture.rebaseSince != nil ? "a switch of mode or light" : signs
            blindness = blindness ?? (time, reason)
        } else if let past = blindness {
            blindness = nil
            let text = "nothing was decided until \(time.tenths): \(past.reason)"
            tell(past.since, "picture", text)
        }
    }

    // MARK: Objects

    /// Takes note of what verification found at the place.
    private mutating func weigh(_ frame: FrameInspection, at time: MediaTime) {
        for finding in frame.detector.findings
        where frame.isHere(finding.box) || known[finding.id] != nil {
            let confirmed = frame.detector.standing.first {
                finding.confirms && $0.isConfirmed && $0.box == finding.box
            }
            let id = confirmed?.id ?? finding.id
            if id != finding.id { known[id] = known.removeValue(forKey: finding.id) }
            if known[id]?.verdict != finding.verdict || finding.confirms {
                tell(time, "object", "\(Self.name(finding.id)) looks \(finding.reason)")
            }
            known[id]?.verdict = finding.verdict
            findings[id] = finding
            if let confirmed {
                let renamed = id == finding.id ? "" : " as \(Self.name(id)), the track that stopped"
                tell(
                    time,
                    "object",
                    "\(Self.name(finding.id)) is confirmed\(renamed): "
                        + "\(confirmed.classification.words), standing since "
                        + "\(confirmed.since.tenths), confidence "
                        + TestResult.plain(confirmed.confidence)
                )
            }
        }
    }

    private mutating func followObjects(_ frame: FrameInspection, at time: MediaTime) {
        for object in frame.standing {
            var entry = known[object.id] ?? begin(object, at: time)
            if entry.object.classification.objectClass != object.classification.objectClass,
                object.isConfirmed, entry.object.isConfirmed
            {
                tell(time, "object", "\(Self.name(object.id)) is \(object.classification.words)")
            }
            followSight(of: object, &entry, at: time)
            entry.object = object
            known[object.id] = entry
        }
        let present = Set(frame.detector.standing.map(\.id))
        for id in known.keys.sorted() where !present.contains(id) {
            guard let entry = known.removeValue(forKey: id) else { continue }
            let (reason, test) = reason(of: entry.object, frame)
            tell(time, "object", "\(Self.name(id)) is given up: \(reason)")
            removal = Removal(
                time: time,
                id: id,
                wasConfirmed: entry.object.isConfirmed,
                reason: reason,
                test: test
            )
        }
    }

    private mutating func begin(_ object: Inspection.Standing, at time: MediaTime) -> KnownObject {
        let state = object.isConfirmed ? "object" : "candidate"
        tell(
            time,
            "object",
            "\(Self.name(object.id)) is a \(state): \(object.box.width) x \(object.box.height) px, "
                + "settled since \(object.since.tenths)"
        )
        return KnownObject(object: object)
    }

    private mutating func followSight(
        of object: Inspection.Standing,
        _ entry: inout KnownObject,
        at time: MediaTime
    ) {
        let name = Self.name(object.id)
        guard !object.isVisible else {
            if entry.isToldHidden { tell(time, "object", "\(name) is seen again") }
            entry.hiddenSince = nil
            entry.isToldHidden = false
            return
        }
        let since = entry.hiddenSince ?? time
        entry.hiddenSince = since
        guard !entry.isToldHidden, time - since >= Self.patience else { return }
        entry.isToldHidden = true
        tell(since, "object", "\(name) is hidden")
    }

    /// Why an object is there no longer.
    private func reason(
        of object: Inspection.Standing,
        _ frame: FrameInspection
    ) -> (String, TestResult?) {
        if let finding = frame.detector.findings.first(where: { $0.id == object.id }),
            finding.verdict == .ghost || finding.verdict == .light
        {
            return (
                "it looks \(finding.word) and is taken into the background",
                finding.decisiveTest
            )
        }
        if let departure = frame.detector.departures.first(where: { $0.id == object.id }) {
            return (departure.words, nil)
        }
        if frame.detector.moving.contains(where: { $0.id == object.id }) {
            return ("it moves again", nil)
        }
        return ("it turned out to be a piece of something larger", nil)
    }

    // MARK: Tracks and incidents

    private mutating func followTracks(_ frame: FrameInspection, at time: MediaTime) {
        let reported = Set(frame.reported.map(\.id))
        for track in frame.moving where reported.contains(track.id) && track.isVisible {
            var passer =
                passers[track.id]
                ?? Passer(since: time, last: time, classification: track.classification)
            passer.last = time
            passer.classification = track.classification
            passers[track.id] = passer
        }
        for (id, passer) in passers.sorted(by: { $0.key < $1.key })
        where time - passer.last > Self.patience {
            passers[id] = nil
            let text =
                "\(Self.name(id)) \(passer.classification.words) passed, until "
                + passer.last.tenths
            tell(passer.since, "track", text)
        }
    }

    private mutating func take(_ incident: Incident, _ frame: FrameInspection) {
        guard opened[incident.number] != nil || frame.isHere(incident.object.box) else { return }
        tell(
            incident.time,
            "incident",
            "incident \(incident.number) \(incident.phase.rawValue) in \(incident.zone.rawValue) "
                + "(\(incident.kind.rawValue)): \(Self.name(incident.object.id)) "
                + "\(incident.object.classification.words), since \(incident.startedAt.tenths)"
        )
        if incident.phase == .closed {
            let begin = opened.removeValue(forKey: incident.number) ?? incident.startedAt
            closed = (incident.number, begin, incident.time)
        } else {
            opened[incident.number] = opened[incident.number] ?? incident.time
        }
    }
}

extension Inspection.Finding {
    /// What a verdict is called in a sentence.
    var word: String {
        switch verdict {
        case .object: "like an object"
        case .ghost: "like a ghost"
        case .light: "like mere light"
        case .unclear: "unclear"
        }
    }

    /// Verdict and what it rests on.
    var reason: String {
        guard let test = decisiveTest else { return word }
        return test.name == "second_look"
            ? "\(word), which another look has to bear out" : "\(word): \(test.sentence)"
    }

    /// The first test that speaks against an object.
    var decisiveTest: TestResult? {
        if verdict == .ghost, let ghost = tests.first(where: { $0.name == "no_ghost" }) {
            return ghost
        }
        return tests.first { !$0.isHeld }
    }
}

extension Inspection.Departure {
    /// Why an object was given up, in words.
    fileprivate var words: String {
        switch reason {
        case .shrunk: "too little of it is left"
        case .left: "its place shows the background again"
        case .crossed: "things passed through its place"
        case .hiddenTooLong: "it was hidden for too long"
        }
    }
}

extension Classification {
    /// Class and confidence: `person (0.62)`.
    var words: String { "\(objectClass.rawValue) (\(TestResult.plain(confidence)))" }
}

extension TestResult {
    /// Label, measurement and demand.
    var sentence: String { "\(label): \(measured), demanded: \(demanded)" }
}
