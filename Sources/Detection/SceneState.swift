internal import Imaging
internal import Scene

/// Everything the detector knows of one camera's view at one analysis size.
struct SceneState: @unchecked Sendable {
    // Its buffers belong to it alone, and it to one non-copyable detector.
    private(set) var frame: AnalysisFrame
    private var tone = ToneCurve()
    private var background: BackgroundModel
    private var layer: StaticLayer
    private var texture: TextureChange
    private(set) var registry: StaticRegistry
    private var moving: MovingBlobs
    private(set) var tracker = Tracker()
    private let known: Buffer<UInt8>
    private let classifier: any ObjectClassifier
    private let tuning: DetectorTuning
    private var lastTime: MediaTime
    private var healedAt: MediaTime
    private var passing: [PixelBox] = []

    init(_ picture: PictureView, at time: MediaTime, tuning: DetectorTuning) {
        self.tuning = tuning
        frame = AnalysisFrame(
            pictureWidth: picture.luma.width,
            pictureHeight: picture.luma.height,
            maximumWidth: tuning.analysisWidth
        )
        frame.load(picture)
        frame.luma.copy(from: frame.seen)
        background = BackgroundModel(frame: frame, tuning: tuning)
        layer = StaticLayer(frame: frame, tuning: tuning, at: time)
        texture = TextureChange(width: frame.width, height: frame.height)
        registry = StaticRegistry(width: frame.width, height: frame.height, tuning: tuning)
        moving = MovingBlobs(width: frame.width, height: frame.height, tuning: tuning)
        known = Buffer(count: frame.width * frame.height, filledWith: 0)
        classifier = ShapeClassifier(minimumPersonHeight: tuning.minimumPersonHeight)
        lastTime = time
        healedAt = time
    }

    /// Takes in the next picture.
    mutating func advance(_ picture: PictureView, at time: MediaTime, numbers: inout ObjectNumbers)
    {
        let span = time - lastTime
        lastTime = time
        frame.load(picture)
        tone.measure(
            seen: frame.seen.base,
            background: background.learned.base,
            changed: background.changed.base,
            width: frame.width,
            height: frame.height
        )
        tone.apply(frame.seen.base, into: frame.luma.base, count: frame.luma.count)
        background.compare(frame)
        texture.compare(frame.luma.base, with: background)
        layer.step(
            luma: frame.luma.base,
            changed: background.changed.base,
            noise: background.noise.base,
            at: time
        )
        follow(span: span, at: time, numbers: &numbers)
        learn(span: span, at: time)
    }

    private mutating func follow(span: MediaSpan, at time: MediaTime, numbers: inout ObjectNumbers) {
        let input = StaticRegistry.Input(
            frame: frame,
            background: background,
            layer: layer,
            texture: texture,
            passing: passing,
            time: time,
            span: span
        )
        let tracker = tracker
        registry.step(
            input,
            identify: { box, taken in
                tracker.bestOverlap(with: box).flatMap { taken.contains($0.id) ? nil : $0 }
            },
            arrivals: { tracker.arrivals(in: $0, at: $1) },
            number: { numbers.next() }
        )
        markKnown()
        var blobs = moving.find(
            changed: background.changed.base,
            supported: texture.supported.base,
            known: known.base
        )
        blobs.removeAll(where: isPartOfStandingPerson)
        handOver(&blobs, at: time)
        passing = blobs.filter(\.isStrong).map(\.box)
        self.tracker.step(blobs, at: time) { numbers.next() }
        for object in registry.objects where object.state == .confirmed {
            self.tracker.remove(object.id)
        }
        classify()
    }

    /// Lets the number of a person who stood and moves again go over to the track.
    private mutating func handOver(_ blobs: inout [MovingBlob], at time: MediaTime) {
        for object in registry.objects
        where object.state == .confirmed && !object.isVisible && object.clearShare >= 0.2
            && object.classification.objectClass == .person
        {
            let candidates = blobs.indices.filter {
                blobs[$0].isStrong && blobs[$0].mayBe(object.box)
            }
            guard
                let index = candidates.max(by: {
                    blobs[$0].overlap(with: object.box) < blobs[$1].overlap(with: object.box)
                })
            else { continue }
            registry.release(object, from: layer, at: time)
            let blob = blobs.remove(at: index)
            tracker.resume(object.id, since: object.since, box: blob.box, at: time)
        }
    }

    /// Whether a blob is a limb of a person who is known to stand there.
    private func isPartOfStandingPerson(_ blob: MovingBlob) -> Bool {
        registry.objects.contains { object in
            guard object.state == .confirmed, object.isVisible,
                object.classification.objectClass == .person,
                let shared = object.box.intersection(blob.box)
            else { return false }
            return shared.area * 10 >= blob.box.area * 7
        }
    }

    /// Marks where confirmed static objects are seen.
    private func markKnown() {
        known.clear()
        let limit = Int16(tuning.quietThreshold + 10)
        let (luma, known) = (frame.luma.base, known.base)
        for object in registry.objects where object.state == .confirmed {
            object.forEachRow(pictureWidth: frame.width) { mask, template, index, count in
                for x in 0..<count {
                    let away = Int16(luma[index + x]) &- Int16(template[x])
                    known[index + x] |= mask[x] & ((away < 0 ? 0 &- away : away) <= limit ? 1 : 0)
                }
            }
        }
    }

    private mutating func classify() {
        let (frame, classifier) = (frame, classifier)
        tracker.vote { track in
            let subject = ClassificationSubject(
                box: track.measured,
                pictureWidth: frame.width,
                pictureHeight: frame.height,
                isStatic: false,
                bodyLengthsPerSecond: track.bodyLengthsPerSecond
            )
            return classifier.classify(subject)
        }
        registry.classify { object in
            let shape = classifier.classify(
                ClassificationSubject(
                    box: object.box,
                    pictureWidth: frame.width,
                    pictureHeight: frame.height,
                    isStatic: true,
                    bodyLengthsPerSecond: 0
                )
            )
            guard object.arrivedAs == .person, object.box.width <= object.box.height * 5 / 4 else {
                return shape
            }
            return Classification(.person, confidence: max(0.6, shape.confidence))
        }
    }

    /// Learns the background where nothing is held, and takes old change in that became nothing.
    private mutating func learn(span: MediaSpan, at time: MediaTime) {
        if time - healedAt >= .seconds(1) {
            healedAt = time
            healOldChange()
        }
        background.learn(frame, held: registry.covered.base, span: span)
    }

    private func healOldChange() {
        let (now, horizon) = (layer.clock.now, TickClock.ticks(tuning.healTime))
        let (covered, settled, since) = (registry.covered.base, layer.settled.base, layer.since.base)
        for y in 0..<frame.height {
            let row = y * frame.width
            for x in 0..<frame.width where settled[row + x] & (covered[row + x] ^ 1) == 1 {
                let index = row + x
                guard now &- since[index] > horizon else { continue }
                background.heal(x, y, from: frame, luma: layer.quiet.base[index])
                layer.clear(index)
            }
        }
    }

    /// What is seen or remembered now, in order of the objects' numbers.
    func observations(at time: MediaTime) -> FrameObservations {
        var objects = registry.objects.filter { $0.state == .confirmed }.map(observation)
        objects += tracker.tracks.filter { $0.hits >= 3 }.map(observation)
        objects.sort { $0.id < $1.id }
        return FrameObservations(time: time, objects: objects)
    }

    private func observation(_ object: StaticObject) -> Observation {
        Observation(
            id: object.id,
            mobility: .static,
            box: object.box.normalized(width: frame.width, height: frame.height),
            since: object.since,
            isVisible: object.isVisible,
            classification: object.classification,
            confidence: object.confidence
        )
    }

    private func observation(_ track: Track) -> Observation {
        Observation(
            id: track.id,
            mobility: .moving,
            box: track.measured.normalized(width: frame.width, height: frame.height),
            since: track.firstSeen,
            isVisible: track.isVisible,
            classification: track.votes.leader,
            confidence: 0.8,
            tortuosity: (track.tortuosity * 100).rounded() / 100,
            bodyLengthsPerSecond: (track.bodyLengthsPerSecond * 100).rounded() / 100
        )
    }

    /// What was made of the last picture.
    func inspect() -> Inspection {
        func plane(_ buffer: Buffer<UInt8>, scale: UInt8 = 1) -> Plane {
            var plane = Plane(width: frame.width, height: frame.height)
            for index in 0..<buffer.count { plane.samples[index] = buffer.base[index] &* scale }
            return plane
        }
        return Inspection(
            luma: plane(frame.luma),
            background: plane(background.learned),
            changed: plane(background.changed, scale: 255),
            settled: plane(layer.settled, scale: 255),
            staticBoxes: registry.objects.map(\.box),
            movingBoxes: tracker.tracks.map(\.measured),
            findings: registry.findings
        )
    }
}
