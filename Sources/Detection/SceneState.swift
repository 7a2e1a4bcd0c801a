internal import Imaging
internal import Scene

/// Everything the detector knows of one camera's view at one analysis size.
struct SceneState: @unchecked Sendable {
    // Its buffers belong to it alone, and it to one non-copyable detector.
    var frame: AnalysisFrame
    var tone = ToneCurve()
    var background: BackgroundModel
    var layer: StaticLayer
    let texture: TextureChange
    var registry: StaticRegistry
    var moving: MovingBlobs
    var tracker = Tracker()
    var anchors: Anchors
    var health = PictureHealth()
    var mode: ModeWatch
    /// Backgrounds of the modes that the camera is not in.
    var stored: [PictureMode: StoredBackground] = [:]
    /// The re-base that is going on.
    var rebase: Rebase?
    /// What moves at the water, and how well it is seen; nil where no zone is there.
    var water: WaterWatch?
    /// Whether it is dark.
    var darkness = Darkness()
    /// What the last picture was like, and how it lay over the background.
    var measures: PictureMeasures
    var alignment = Anchors.Alignment()
    /// How tall people look, and from whom that is learned.
    var learner: ScaleLearner
    var people: PersonHeights
    /// What the learned stage has seen, in order of the objects' numbers.
    var looks: [LookRecord] = []
    /// Boxes of what moved in the frame before.
    var passing: [PixelBox] = []
    let known: Buffer<UInt8>
    let classifier: any ObjectClassifier
    var tuning: DetectorTuning { options.tuning }
    let options: DetectorOptions
    /// The picture before, as seen.
    private let before: Buffer<UInt8>
    /// When what happened.
    var moments: Moments
    /// Columns and rows of the pictures that come in.
    let pictureSize: (width: Int, height: Int)

    /// How often the anchors are chosen anew.
    private static let anchorPause = MediaSpan.seconds(30)

    /// What one picture can teach at most: the time before it that nobody saw teaches nothing.
    private static let longestLearned = MediaSpan.seconds(1)

    /// A scene that takes its first picture for the background.
    init(_ picture: PictureView, at time: MediaTime, options: DetectorOptions) {
        self.init(
            width: picture.luma.width,
            height: picture.luma.height,
            at: time,
            options: options
        )
        frame.load(picture)
        frame.luma.copy(from: frame.seen)
        background.reset(to: frame)
        layer.reset(to: frame.luma.base)
        measures = PictureMeasures(
            frame,
            last: frame.seen.base,
            background: background.learned.base
        )
        mode = ModeWatch(colour: measures.colour)
    }

    /// A scene for pictures of that size that has seen none.
    init(width: Int, height: Int, at time: MediaTime, options: DetectorOptions) {
        self.options = options
        let tuning = options.tuning
        pictureSize = (width, height)
        frame = AnalysisFrame(
            pictureWidth: width,
            pictureHeight: height,
            maximumWidth: tuning.analysisWidth
        )
        let (width, height) = (frame.width, frame.height)
        let water = options.zones.filter(\.isUrgent)
        background = BackgroundModel(
            frame: frame,
            tuning: tuning,
            water: water.map(\.polygon)
        )
        self.water = water.isEmpty ? nil : WaterWatch(zones: water)
        layer = StaticLayer(frame: frame, tuning: tuning, at: time)
        texture = TextureChange(width: width, height: height)
        registry = StaticRegistry(width: width, height: height, tuning: tuning)
        moving = MovingBlobs(width: width, height: height, tuning: tuning)
        anchors = Anchors(width: width, height: height)
        known = Buffer(count: width * height, filledWith: 0)
        before = Buffer(count: width * height, filledWith: 0)
        measures = PictureMeasures()
        learner = ScaleLearner(given: options.scale)
        people = PersonHeights(options.scale, rows: height)
        mode = ModeWatch(colour: 0)
        classifier = ShapeClassifier(minimumPersonHeight: tuning.minimumPersonHeight)
        moments = Moments(origin: time, last: time, healed: time)
    }

    /// Whether nothing can be decided honestly now.
    var isBlind: Bool { rebase != nil || health.isUnusable }

    /// Whether it is dark where the camera looks.
    var isDark: Bool { darkness.isDark }

    /// Takes in the next picture.
    ///
    /// - Parameters:
    ///   - picture: the whole frame, or the part that this scene is of.
    ///   - time: its time.
    ///   - numbers: gives numbers to new objects.
    ///   - watchesHealth: whether faults of the picture are looked for.
    mutating func advance(
        _ picture: PictureView,
        at time: MediaTime,
        numbers: inout ObjectNumbers,
        watchesHealth: Bool = true
    ) {
        let span = time - moments.last
        moments.last = time
        before.copy(from: frame.seen)
        frame.load(picture)
        normalise()
        measures = PictureMeasures(
            frame,
            last: before.base,
            background: background.learned.base
        )
        background.compare(frame, bodies: water?.bodies ?? WaterBodies(), span: span)
        background.ignoreBorder(alignment.x, alignment.y)
        judge(span: span, at: time, watchesHealth: watchesHealth)
        guard !isBlind else { return }
        texture.begin()
        layer.step(
            luma: frame.luma.base,
            changed: background.changed.base,
            noise: background.noise.base,
            at: time
        )
        follow(span: span, at: time, numbers: &numbers)
        watchWater(span: span, at: time)
        learn(span: span, at: time)
    }

    /// Brings exposure and position to those of the background.
    private mutating func normalise() {
        tone.measure(
            seen: frame.seen.base,
            background: background.learned.base,
            changed: background.changed.base,
            width: frame.width,
            height: frame.height
        )
        tone.apply(frame.seen.base, into: frame.luma.base, count: frame.luma.count)
        guard rebase == nil else { return }
        alignment = anchors.align(frame.luma.base, with: background.learned.base)
        frame.shift(alignment.x, alignment.y)
    }

    /// Looks after the health of the picture and the mode of the camera.
    private mutating func judge(span: MediaSpan, at time: MediaTime, watchesHealth: Bool) {
        if rebase != nil {
            finishRebase(changed: background.changedShare, at: time)
            return
        }
        let changed = background.changedShare
        let agreement = isSettled ? alignment.agreement : 1
        let next = mode.step(
            measures,
            changed: alignment.agreement >= 0.6 || !isSettled ? changed : 0,
            isOtherView: watchesHealth && health.isOtherView(measures, agreement: agreement),
            isRecognised: anchors.areTelling,
            seconds: span.seconds,
            at: time
        )
        if let next {
            rebase = Rebase(kind: next, begin: time)
            return
        }
        guard watchesHealth else { return }
        let hasColour = stored[.colour] != nil
        darkness.step(
            measures,
            isInfrared: mode.mode == .infrared && hasColour,
            seconds: span.seconds
        )
        health.step(
            measures,
            agreement: agreement,
            seconds: span.seconds,
            at: time
        )
    }

    /// Whether the background has been learned for long enough to know the view by it.
    private var isSettled: Bool { background.age >= .seconds(4) }

    /// Learns the background where nothing is held, and takes old change in that became nothing.
    private mutating func learn(span: MediaSpan, at time: MediaTime) {
        if time - moments.healed >= .seconds(1) {
            moments.healed = time
            healOldChange()
        }
        background.learn(
            frame,
            held: registry.held.base,
            span: min(span, Self.longestLearned),
            bodies: water?.bodies.all ?? []
        )
        let isDue = moments.anchored.map { time - $0 >= Self.anchorPause } ?? true
        if isDue && background.age >= .seconds(2) && alignment.agreement >= 0.6 {
            moments.anchored = time
            anchors.choose(background.learned.base, covered: registry.covered.base)
        }
    }

    /// Lets the anchors be chosen anew as soon as the background is known.
    mutating func dropAnchors() {
        moments.anchored = nil
        anchors = Anchors(width: frame.width, height: frame.height)
        alignment = Anchors.Alignment()
    }

    private func healOldChange() {
        let (now, horizon) = (layer.clock.now, TickClock.ticks(tuning.healTime))
        let (covered, settled, since) = (
            registry.covered.base, layer.settled.base, layer.since.base
        )
        for y in 0..<frame.height {
            let row = y * frame.width
            guard layer.holdsOld(covered + row, row, frame.width, horizon: horizon) else {
                continue
            }
            for x in 0..<frame.width where settled[row + x] & (covered[row + x] ^ 1) == 1 {
                let index = row + x
                guard now &- since[index] > horizon else { continue }
                background.heal(x, y, from: frame, luma: layer.quiet.base[index])
                layer.clear(index)
            }
        }
    }
}
