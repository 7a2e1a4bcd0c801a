internal import Imaging
internal import Scene

/// A part of the picture that is looked at on a finer scale, because people at the far edge of a
/// zone would be too small in the whole picture's.
struct ZoneWindow: Sendable {
    /// Where the window lies and how fine it is.
    struct Layout: Hashable, Codable {
        /// The zone.
        var zone: ZoneID
        /// The part of the frame, in its pixels.
        var crop: PixelBox
        /// Columns and rows of the whole frame.
        var frameWidth: Int
        var frameHeight: Int
        /// Columns of the window's analysis picture.
        var analysisWidth: Int

        /// Rows that a whole picture of so many rows would have on the window's scale.
        func rows(of height: Int) -> Double {
            Double(height) * Double(analysisWidth) / Double(crop.width)
        }

        /// A polygon in shares of the whole picture, in shares of the window.
        func inner(_ polygon: Polygon) -> Polygon {
            let (width, height) = (Double(frameWidth), Double(frameHeight))
            return Polygon(
                polygon.corners.map { corner in
                    NormalizedPoint(
                        x: (corner.x * width - Double(crop.x)) / Double(crop.width),
                        y: (corner.y * height - Double(crop.y)) / Double(crop.height)
                    )
                }
            )
        }

        /// A box in shares of the window, in shares of the whole picture.
        func outer(_ box: NormalizedBox) -> NormalizedBox {
            let (width, height) = (Double(frameWidth), Double(frameHeight))
            return NormalizedBox(
                x: (Double(crop.x) + box.x * Double(crop.width)) / width,
                y: (Double(crop.y) + box.y * Double(crop.height)) / height,
                width: box.width * Double(crop.width) / width,
                height: box.height * Double(crop.height) / height
            )
        }
    }

    /// Least height of a person at the far edge, in rows of the analysis picture.
    static let leastPerson = 16.0
    /// Height of a person, in rows of the finest analysis picture, below which nobody can be told
    /// from a ripple.
    static let farPerson = 12.0
    /// Pixels of a window's analysis picture at most: no more than the whole picture's.
    static let mostPixels = 480.0 * 270
    /// Windows of a camera at most, which bounds their cost.
    static let most = 2
    /// A window takes over when it has learned its background for so long.
    static let warmUp = MediaSpan.seconds(5)

    let layout: Layout
    /// How tall people looked when it was opened.
    private let scale: PersonScale
    /// What it sees.
    var scene: SceneState
    /// Whether the zone is judged by it.
    var isLive: Bool

    /// The window that a zone needs.
    ///
    /// - Parameters:
    ///   - zone: the zone.
    ///   - scale: how tall people look.
    ///   - width: columns of the frame.
    ///   - height: rows of the frame.
    ///   - analysisWidth: columns of the whole analysis picture.
    /// - Returns: where it lies; nil where the whole picture is fine enough, or no finer one can be
    ///   had.
    static func layout(
        for zone: DetectorOptions.Zone,
        scale: PersonScale,
        frameWidth width: Int,
        frameHeight height: Int,
        analysisWidth: Int
    ) -> Layout? {
        let coarse = Double(width) / Double(min(width, analysisWidth))
        let heights = zone.polygon.corners.map { scale.height(atRow: min(1, max(0, $0.y))) }
        guard let far = heights.filter({ $0 > 0 }).min(), let near = heights.max(), coarse > 1
        else {
            return nil
        }
        let person = far * Double(height) / coarse
        guard person < leastPerson else { return nil }
        // Room for the bodies of people whose feet are at the border, and for context.
        let bounds = zone.polygon.bounds
        let side = max(bounds.width * 0.1, 0.02)
        let left = max(0, bounds.x - side)
        let right = min(1, bounds.x + bounds.width + side)
        let top = max(0, bounds.y - 1.3 * near)
        let bottom = min(1, bounds.y + bounds.height + 0.3 * near)
        func even(_ share: Double, _ size: Int) -> Int { Int(share * Double(size)) & ~1 }
        let crop = PixelBox(
            x: even(left, width),
            y: even(top, height),
            width: max(32, even(right - left, width)),
            height: max(32, even(bottom - top, height))
        )
        guard crop.maxX <= width, crop.maxY <= height else { return nil }
        let wanted = coarse * person / leastPerson
        let cheapest = (Double(crop.area) / mostPixels).squareRoot()
        let step = max(1, wanted, cheapest)
        guard step < coarse * 0.9 else { return nil }
        return Layout(
            zone: zone.id,
            crop: crop,
            frameWidth: width,
            frameHeight: height,
            analysisWidth: max(16, Int(Double(crop.width) / step))
        )
    }

    init?(
        _ layout: Layout,
        _ picture: PictureView,
        at time: MediaTime,
        options: DetectorOptions,
        scale: PersonScale,
        isLive: Bool
    ) {
        guard let part = picture.cropped(to: layout.crop) else { return nil }
        self.layout = layout
        self.scale = scale
        self.isLive = isLive
        scene = SceneState(part, at: time, options: Self.options(layout, options, scale))
    }

    /// A window that goes on from a checkpoint.
    init(_ checkpoint: Checkpoint, options: DetectorOptions) throws(DetectorError) {
        layout = checkpoint.layout
        scale = checkpoint.scale
        isLive = checkpoint.isLive
        let own = Self.options(checkpoint.layout, options, checkpoint.scale)
        scene = try SceneState(checkpoint.scene, options: own)
    }

    /// The options of a window's own scene: the scale as it looks from within.
    private static func options(
        _ layout: Layout,
        _ options: DetectorOptions,
        _ scale: PersonScale
    ) -> DetectorOptions {
        var own = options
        let top = Double(layout.crop.y) / Double(layout.frameHeight)
        let part = Double(layout.crop.height) / Double(layout.frameHeight)
        own.scale = PersonScale(
            slope: scale.slope,
            intercept: (scale.intercept + scale.slope * top) / part
        )
        own.zones = options.zones.filter { $0.id == layout.zone }.map { zone in
            var zone = zone
            zone.polygon = layout.inner(zone.polygon)
            zone.water = zone.water.map(layout.inner)
            return zone
        }
        own.tuning.analysisWidth = layout.analysisWidth
        return own
    }

    /// Looks at the window's part of a picture.
    mutating func step(_ picture: PictureView, at time: MediaTime, numbers: inout ObjectNumbers) {
        guard let part = picture.cropped(to: layout.crop) else { return }
        scene.advance(part, at: time, numbers: &numbers, watchesHealth: false)
    }

    /// Lets the learned stage look at its part of a picture.
    mutating func look(
        at picture: PictureView,
        time: MediaTime,
        with scorer: any CropScorer,
        budget: inout LookBudget,
        isUrgent: Bool
    ) {
        guard isLive, let part = picture.cropped(to: layout.crop) else { return }
        _ = scene.look(
            at: part,
            time: time,
            with: scorer,
            budget: &budget,
            isUrgent: isUrgent,
            place: layout.outer
        )
    }

    /// What it sees, in shares of the whole picture.
    func view(at time: MediaTime) -> ZoneView {
        let seen = scene.observations(at: time)
        let objects = seen.objects.map { object in
            var object = object
            object.box = layout.outer(object.box)
            return object
        }
        return ZoneView(zone: layout.zone, objects: objects, isBlind: seen.isBlind)
    }

    /// The window as it is now.
    var checkpoint: Checkpoint {
        Checkpoint(layout: layout, isLive: isLive, scale: scale, scene: scene.checkpoint)
    }

    /// A window as it is written.
    struct Checkpoint: Codable {
        var layout: Layout
        var isLive: Bool
        var scale: PersonScale
        var scene: SceneState.Checkpoint
    }
}
