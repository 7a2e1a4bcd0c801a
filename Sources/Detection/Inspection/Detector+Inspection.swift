public import Scene

extension Detector {
    /// What was made of the last picture; nil before the first.
    ///
    /// Costs a copy of six small pictures; nothing is kept for it between the steps.
    ///
    /// - Parameter zone: where this zone is judged by a window of its own, of that window.
    /// - Returns: the figures of the whole picture or of that window.
    public func inspect(zone: ZoneID? = nil) -> Inspection? {
        guard let scene else { return nil }
        guard let window = window(of: zone) else {
            var inspection = scene.inspect()
            let (width, height) = (scene.frame.width, scene.frame.height)
            inspection.standing += pass.standing(width: width, height: height)
            return inspection
        }
        var inspection = window.scene.inspect()
        inspection.view = window.layout.outer(inspection.view)
        var picture = scene.inspect().picture
        if picture.isBlind {
            // Windows rest meanwhile, and would tell the same again.
            inspection.findings = []
            inspection.departures = []
        }
        picture.isBlind = picture.isBlind || inspection.picture.isBlind
        picture.rebaseSince = picture.rebaseSince ?? inspection.picture.rebaseSince
        picture.tests += inspection.picture.tests.map { test in
            var test = test
            test.name = "window_\(test.name)"
            test.label = "in the zone's window: \(test.label)"
            return test
        }
        inspection.picture = picture
        return inspection
    }

    /// The pixels around a point in the last picture; nil before the first.
    ///
    /// - Parameters:
    ///   - point: in shares of the whole picture.
    ///   - zone: where this zone is judged by a window of its own, the pixels of that window.
    /// - Returns: the figures of 5 by 5 pixels.
    public func inspect(around point: NormalizedPoint, zone: ZoneID? = nil) -> Inspection.Patch? {
        guard let window = window(of: zone) else { return scene?.inspect(around: point) }
        return window.scene.inspect(around: window.inner(point))
    }

    private func window(of zone: ZoneID?) -> ZoneWindow? {
        windows.first { $0.isLive && $0.layout.zone == zone }
    }
}

extension ZoneWindow {
    /// A point of the whole picture in shares of the window.
    fileprivate func inner(_ point: NormalizedPoint) -> NormalizedPoint {
        let whole = layout.outer(NormalizedBox(x: 0, y: 0, width: 1, height: 1))
        return NormalizedPoint(
            x: (point.x - whole.x) / whole.width,
            y: (point.y - whole.y) / whole.height
        )
    }
}
