internal import Imaging
internal import Scene

extension SceneState {
    /// Everything that the next pictures are judged by, as it is written.
    struct Checkpoint: Codable {
        var pictureWidth: Int
        var pictureHeight: Int
        var seen: PackedPlane
        var background: BackgroundModel.Checkpoint
        var layer: StaticLayer.Checkpoint
        var objects: [StaticObject]
        var vacancies: [StaticRegistry.Vacancy]
        /// Where they stand, which the end of a switch of mode asks for before they are followed.
        var covered: PackedPlane
        var tracker: Tracker
        var learner: ScaleLearner
        var passing: [PixelBox]
        var anchors: Anchors
        var alignment: Anchors.Alignment
        var health: PictureHealth
        var mode: ModeWatch
        var water: WaterWatch?
        var darkness: Darkness
        var stored: [PictureMode: StoredBackground]
        var rebase: Rebase?
        var measures: PictureMeasures
        var moments: Moments
        var looks: [LookRecord]
    }

    /// The moments that a scene keeps.
    struct Moments: Hashable, Codable {
        /// When the view was first learned.
        var origin: MediaTime
        /// The last picture.
        var last: MediaTime
        /// When old change was last taken in.
        var healed: MediaTime
        /// When the anchors were last chosen.
        var anchored: MediaTime?
    }

    /// The scene as it is now.
    var checkpoint: Checkpoint {
        Checkpoint(
            pictureWidth: pictureSize.width,
            pictureHeight: pictureSize.height,
            seen: PackedPlane(frame.seen),
            background: background.checkpoint,
            layer: layer.checkpoint,
            objects: registry.objects,
            vacancies: registry.vacancies,
            covered: PackedPlane(registry.covered),
            tracker: tracker,
            learner: learner,
            passing: passing,
            anchors: anchors,
            alignment: alignment,
            health: health,
            mode: mode,
            water: water,
            darkness: darkness,
            stored: stored,
            rebase: rebase,
            measures: measures,
            moments: moments,
            looks: looks
        )
    }

    /// A scene that goes on from what was written.
    ///
    /// - Throws: `DetectorError.damaged` where it contradicts itself.
    init(_ checkpoint: Checkpoint, options: DetectorOptions) throws(DetectorError) {
        let (width, height) = (checkpoint.pictureWidth, checkpoint.pictureHeight)
        guard (1...32_768).contains(width), (1...32_768).contains(height) else {
            throw Self.damaged("a picture of \(width) by \(height)")
        }
        self.init(width: width, height: height, at: checkpoint.moments.origin, options: options)
        try checkpoint.seen.restore(to: frame.seen)
        try background.restore(checkpoint.background)
        try layer.restore(checkpoint.layer)
        let picture = PixelBox(x: 0, y: 0, width: frame.width, height: frame.height)
        for object in checkpoint.objects {
            let isInside = object.box.intersection(picture) == object.box
            let (mask, template) = (object.mask.count, object.template.count)
            guard isInside, mask == object.box.area, template == object.box.area else {
                throw Self.damaged("object \(object.id.rawValue) outside the picture")
            }
        }
        guard checkpoint.anchors.isSound, checkpoint.anchors.width == frame.width,
            checkpoint.anchors.height == frame.height
        else { throw Self.damaged("an anchor outside the picture") }
        let reach = -Anchors.reach...Anchors.reach
        guard reach.contains(checkpoint.alignment.x), reach.contains(checkpoint.alignment.y) else {
            throw Self.damaged("a shift of \(checkpoint.alignment.x), \(checkpoint.alignment.y)")
        }
        registry.objects = checkpoint.objects
        for index in registry.objects.indices { registry.objects[index].outline = [] }
        registry.vacancies = checkpoint.vacancies
        try checkpoint.covered.restore(to: registry.covered)
        tracker = checkpoint.tracker
        learner = checkpoint.learner
        people = PersonHeights(learner.scale, rows: frame.height)
        passing = checkpoint.passing
        anchors = checkpoint.anchors
        alignment = checkpoint.alignment
        health = checkpoint.health
        mode = checkpoint.mode
        water = checkpoint.water
        darkness = checkpoint.darkness
        stored = checkpoint.stored
        rebase = checkpoint.rebase
        measures = checkpoint.measures
        moments = checkpoint.moments
        looks = checkpoint.looks
    }

    private static func damaged(_ what: String) -> DetectorError {
        DetectorError(code: .damaged, message: "the checkpoint holds \(what)")
    }
}
