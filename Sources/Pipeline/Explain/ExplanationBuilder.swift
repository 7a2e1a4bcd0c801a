internal import Detection
internal import Imaging
internal import Rules
internal import Scene

/// Puts together what detector, rules and timeline tell of a place.
struct ExplanationBuilder {
    let frame: FrameInspection
    let story: PlaceStory
    /// What the rules in question make of every object.
    let zones: [ZoneExplanation]
    /// Those rules.
    let rules: [ZoneRule]
    /// The object that is asked about, where it is not just whatever is at the place.
    let asked: ObjectID?

    /// Time of the frame that is explained.
    var time: MediaTime { frame.observations.time }

    func explanation(
        video: String,
        camera: String,
        timeline: [Explanation.Event]
    ) -> Explanation {
        Explanation(
            video: video,
            camera: camera,
            seconds: time.roundedSeconds,
            point: frame.point,
            picture: pictureStage,
            place: placeStage,
            objects: standing.map(object) + moving.map(object),
            zones: zones.map(zone),
            timeline: timeline,
            conclusion: conclusion
        )
    }

    /// Static objects at the place, or the one that is asked about.
    var standing: [Inspection.Standing] {
        asked == nil ? frame.standing : frame.detector.standing.filter { $0.id == asked }
    }

    /// Tracks at the place, or the one that is asked about.
    var moving: [Inspection.Moving] {
        asked == nil ? frame.moving : frame.detector.moving.filter { $0.id == asked }
    }

    /// What a zone's rule makes of the objects at the place.
    func subjects(_ zone: ZoneExplanation) -> [ZoneExplanation.Subject] {
        zone.subjects.filter { subject in
            asked.map { $0 == subject.object.id } ?? frame.isHere(subject.object.box)
        }
    }

    /// Whether the point in question lies in a zone.
    func containsPoint(_ zone: ZoneID) -> Bool {
        rules.contains { $0.id == zone && $0.polygon.contains(frame.point) }
    }

    private func zone(_ zone: ZoneExplanation) -> Explanation.Zone {
        Explanation.Zone(
            id: zone.zone.rawValue,
            kind: zone.kind.rawValue,
            dwellSeconds: zone.dwell.seconds,
            containsPoint: containsPoint(zone.zone),
            facts: facts(zone.facts),
            objects: subjects(zone).map { subject in
                Explanation.Subject(
                    id: subject.object.id.rawValue,
                    isReported: subject.isReported,
                    tests: subject.tests,
                    facts: facts(subject.facts),
                    incident: subject.incident,
                    startedSeconds: subject.startedAt?.roundedSeconds
                )
            }
        )
    }

    // MARK: Stages

    private func facts(_ facts: [ZoneExplanation.Fact]) -> [Explanation.Fact] {
        facts.map { Explanation.Fact(name: $0.name, label: $0.label, text: $0.text) }
    }

    private func fact(_ name: String, _ label: String, _ text: String) -> Explanation.Fact {
        Explanation.Fact(name: name, label: label, text: text)
    }

    private func fact(
        _ name: String,
        _ label: String,
        _ value: Double,
        _ unit: String = ""
    ) -> Explanation.Fact {
        let rounded = (value * 100).rounded() / 100
        return fact(name, label, "\(TestResult.plain(rounded))\(unit)")
    }

    private var pictureStage: Explanation.Stage {
        let picture = frame.detector.picture
        let signs = picture.signs.map { sign in
            "\(sign.fault.rawValue) since \(sign.since.tenths), "
                + (sign.isFault ? "a fault" : "a fault after \(sign.patience.seconds) s")
        }
        var facts = [
            fact(
                "signs",
                "signs of a fault",
                signs.isEmpty ? "none" : signs.joined(separator: "; ")
            ),
            fact("mode", "mode", picture.mode),
            fact("shift", "shift", "\(picture.shiftX), \(picture.shiftY) px"),
            fact(
                "agreement",
                "patches of the background that were recognised",
                picture.agreement
            ),
        ]
        facts.append(
            fact(
                "tone",
                "exposure",
                picture.isToneBent ? "differs from the background's, undone" : "as learned"
            )
        )
        facts += [
            fact("background_age", "background learned for", picture.backgroundAge.seconds, " s"),
            fact("mean", "mean luma", picture.mean),
            fact("deviation", "deviation of luma", picture.deviation),
            fact("gradient", "mean step between neighbours", picture.gradient),
            fact("motion", "mean difference from the picture before", picture.motion),
            fact("colour", "mean distance from grey", picture.colour),
            fact("torn", "share of tiles without texture", picture.torn),
            fact("likeness", "correlation with the background", picture.likeness),
        ]
        return Explanation.Stage(facts: facts, tests: picture.tests)
    }

    private var placeStage: Explanation.Stage {
        let patch = frame.patch
        let count = "of \(patch.box.area)"
        let settled = patch.settledSince.map { ", at rest since \($0.tenths)" } ?? ""
        return Explanation.Stage(
            facts: [
                fact("level", "level now", patch.level),
                fact("seen_level", "level as the camera gave it", patch.seenLevel),
                fact("background_level", "level of the background", patch.backgroundLevel),
                fact("noise", "noise of the background", patch.noise),
                fact("texture", "changed texture or strong colour", "\(patch.supported) \(count)"),
                fact("settled", "settled", "\(patch.settled) \(count)\(settled)"),
                fact("settled_seen", "settled and seen now", "\(patch.settledSeen) \(count)"),
                fact("covered", "covered by a known object", "\(patch.covered) \(count)"),
            ],
            tests: patch.tests
        )
    }

    // MARK: Objects

    private func normalized(_ box: PixelBox) -> NormalizedBox {
        let exact = frame.outer(box)
        func rounded(_ share: Double) -> Double { (share * 10_000).rounded() / 10_000 }
        return NormalizedBox(
            x: rounded(exact.x),
            y: rounded(exact.y),
            width: rounded(exact.width),
            height: rounded(exact.height)
        )
    }

    private func object(_ object: Inspection.Standing) -> Explanation.Object {
        let facts = [
            fact(
                "since",
                "at rest since",
                object.since.tenths
                    + (object.presentAtStart ? ", or before the view was learned" : "")
            ),
            fact("found", "found at", object.found.tenths),
            fact("last_seen", "last seen at", object.lastSeen.tenths),
            fact("matching", "share that looks like it now", object.matchingShare),
            fact("clear", "share that shows the background", object.clearShare),
            fact("other", "share that shows something else", object.otherShare),
            fact("area", "pixels", "\(object.area), \(object.peakArea) at most"),
            fact("sightings", "seen", "in \(object.sightings) of \(object.looks) looks"),
            fact("restlessness", "restlessness of its surroundings", object.restlessness),
            fact("class", "class", object.classification.words),
            fact("class_origin", "told by", object.classOrigin),
            fact("confidence", "confidence", object.confidence),
        ]
        return Explanation.Object(
            id: object.id.rawValue,
            state: object.isConfirmed ? "confirmed" : "candidate",
            box: normalized(object.box),
            facts: facts,
            tests: object.tests,
            verification: story.findings[object.id].map { finding in
                Explanation.Verification(
                    seconds: finding.time.roundedSeconds,
                    verdict: finding.verdict.rawValue,
                    tests: finding.tests
                )
            }
        )
    }

    private func object(_ track: Inspection.Moving) -> Explanation.Object {
        Explanation.Object(
            id: track.id.rawValue,
            state: "track",
            box: normalized(track.box),
            facts: facts(of: track),
            tests: track.tests,
            verification: nil
        )
    }

    private func facts(of track: Inspection.Moving) -> [Explanation.Fact] {
        let votes = track.votes.map(\.words).joined(separator: ", ")
        let voted = track.votedAt.map { ", the last at \($0.tenths)" } ?? ""
        let speed = track.bodyLengthsPerSecond
        var facts = [
            fact("since", "first seen at", track.firstSeen.tenths),
            fact("last_seen", "last seen at", track.lastSeen.tenths),
            fact("votes", "votes for its class", votes.isEmpty ? "none" : votes + voted),
            fact("speed", "speed", speed, " body lengths a second"),
            fact("tortuosity", "way over distance", track.tortuosity),
        ]
        let metres = track.pathMetres.map { ", \(TestResult.plain(($0 * 10).rounded() / 10)) m" }
        facts.append(
            fact("way", "way", track.pathBodyLengths, " body lengths\(metres ?? "")")
        )
        facts.append(fact("path", "its foot, by seconds", path(of: track)))
        if let hiding = track.hiding {
            let group = track.group.map { " of #\($0.rawValue)" } ?? ""
            facts.append(fact("hiding", "not seen, may be", hiding.words + group))
        }
        return facts
    }

    /// A few points of the way on the ground, the last among them.
    private func path(of track: Inspection.Moving) -> String {
        let points = track.path.map { point in
            let place = frame.outer(point.place)
            func plain(_ share: Double) -> String {
                TestResult.plain((share * 1000).rounded() / 1000)
            }
            return "\(TestResult.plain((point.time.seconds * 10).rounded() / 10)): "
                + "\(plain(place.x)),\(plain(place.y))"
        }
        let step = max(1, (points.count + Self.shownPoints - 1) / Self.shownPoints)
        let shown = points.indices.filter { $0 % step == 0 || $0 == points.count - 1 }
        return shown.map { points[$0] }.joined(separator: "; ")
    }

    /// Points of a path that are shown, but for the last.
    private static let shownPoints = 8
}

extension Hiding {
    /// In words.
    fileprivate var words: String {
        switch self {
        case .edge: "beyond the edge"
        case .object: "behind something that stands"
        case .group: "within the group"
        case .open: "anywhere, it was lost in mid-picture"
        }
    }
}

extension Inspection.Standing {
    /// Share of its pixels that show neither it nor the background.
    fileprivate var otherShare: Double { max(0, 1 - matchingShare - clearShare) }
}
