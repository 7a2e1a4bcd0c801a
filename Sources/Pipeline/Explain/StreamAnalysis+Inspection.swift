internal import Detection
internal import Imaging
internal import Rules
internal import Scene

/// What was made of one analysed frame, at one place.
struct FrameInspection {
    /// The detector's own view: the whole picture, or the window of the zone in question.
    let detector: Inspection
    /// The pixels around the point.
    let patch: Inspection.Patch
    /// What the rules were told.
    let observations: FrameObservations
    /// The place in question.
    let point: NormalizedPoint
    /// What the rules were told of that view.
    let reported: [Observation]
}

extension StreamAnalysis {
    /// What was made of the last analysed frame; nil before the first.
    ///
    /// - Parameters:
    ///   - point: the place in question.
    ///   - zone: the zone through whose window the place is looked at, where it has one.
    /// - Returns: the detector's view and what was reported of it.
    func inspect(around point: NormalizedPoint, zone: ZoneID?) -> FrameInspection? {
        guard let observations, let inspection = detector.inspect(zone: zone),
            let patch = detector.inspect(around: point, zone: zone)
        else { return nil }
        return FrameInspection(
            detector: inspection,
            patch: patch,
            observations: observations,
            point: point,
            reported: observations.objects(judging: zone)
        )
    }

    /// What the rules make of the last analysed frame.
    func explainRules(anchor: ClockAnchor) -> [ZoneExplanation] {
        guard let observations else { return [] }
        return rules.explain(observations, at: anchor.instant(at: observations.time))
    }
}

extension FrameObservations {
    /// The objects that a zone is judged by.
    func objects(judging zone: ZoneID?) -> [Observation] {
        closeViews.first { $0.zone == zone }?.objects ?? objects
    }
}

extension FrameInspection {
    /// A box of the analysis picture in shares of the whole picture.
    func outer(_ box: PixelBox) -> NormalizedBox {
        let view = detector.view
        let inner = box.normalized(width: detector.luma.width, height: detector.luma.height)
        return NormalizedBox(
            x: view.x + inner.x * view.width,
            y: view.y + inner.y * view.height,
            width: inner.width * view.width,
            height: inner.height * view.height
        )
    }

    /// A point in shares of the analysis picture in shares of the whole picture.
    func outer(_ point: NormalizedPoint) -> NormalizedPoint {
        let view = detector.view
        return NormalizedPoint(
            x: view.x + point.x * view.width,
            y: view.y + point.y * view.height
        )
    }

    /// Whether a box of the analysis picture is at the place: the point lies in it, or nearly.
    func isHere(_ box: PixelBox) -> Bool { isHere(outer(box)) }

    /// Whether a box in shares of the whole picture is at the place.
    func isHere(_ box: NormalizedBox) -> Bool {
        let (near, view) = (2.0, detector.view)
        let across = near * view.width / Double(detector.luma.width)
        let down = near * view.height / Double(detector.luma.height)
        return point.x >= box.x - across && point.x <= box.x + box.width + across
            && point.y >= box.y - down && point.y <= box.y + box.height + down
    }

    /// Static objects at the place.
    var standing: [Inspection.Standing] { detector.standing.filter { isHere($0.box) } }

    /// Tracks at the place.
    var moving: [Inspection.Moving] { detector.moving.filter { isHere($0.box) } }
}
