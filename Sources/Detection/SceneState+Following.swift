internal import Imaging
internal import Scene

extension SceneState {
    /// Follows what stands and what moves.
    mutating func follow(span: MediaSpan, at time: MediaTime, numbers: inout ObjectNumbers) {
        let input = StaticRegistry.Input(
            frame: frame,
            background: background,
            layer: layer,
            texture: texture,
            passing: passing,
            bodies: tracker.bodies,
            time: time,
            span: span,
            origin: moments.origin,
            people: people
        )
        let tracker = tracker
        registry.step(
            input,
            identify: { box, taken in
                tracker.bestOverlap(with: box, at: time)
                    .flatMap { taken.contains($0.id) ? nil : $0 }
            },
            arrivals: { tracker.arrivals(in: $0, at: $1) },
            number: { numbers.next() }
        )
        markKnown()
        let (texture, luma, background) = (texture, frame.luma.base, background)
        var blobs = moving.find(
            changed: background.changed.base,
            support: { texture.support(in: $0, luma, over: background) },
            known: known.base,
            people: people
        )
        blobs.removeAll(where: isPartOfStandingPerson)
        handOver(&blobs, at: time)
        passing = blobs.filter(\.isStrong).map(\.box)
        let sightings = blobs.map(sighting)
        self.tracker.step(sightings, in: surroundings, at: time) { numbers.next() }
        for object in registry.objects where object.state == .confirmed {
            self.tracker.remove(object.id)
        }
        classify(at: time)
        learnScale()
    }

    /// What the tracker knows of the view.
    private var surroundings: Surroundings {
        Surroundings(
            width: frame.width,
            height: frame.height,
            people: people,
            standing: registry.objects.filter { $0.state == .confirmed && $0.isVisible }.map(\.box)
        )
    }

    /// A blob with what it looks like.
    private func sighting(_ blob: MovingBlob) -> Sighting {
        let look = Appearance(of: blob.box, changed: background.changed.base, in: frame)
        return Sighting(box: blob.box, isStrong: blob.isStrong, look: look)
    }

    /// Takes the height of everybody who walks through, and makes use of what is known by then.
    private mutating func learnScale() {
        let known = learner.scale
        let rows = Double(frame.height)
        for track in tracker.tracks where track.isWalkingPerson && track.hits % 4 == 0 {
            let box = track.measured
            let isCut = box.x <= 1 || box.maxX >= frame.width - 1 || box.y <= 1
            guard !isCut, box.maxY < frame.height - 1 else { continue }
            learner.add(height: Double(box.height) / rows, atRow: Double(box.maxY) / rows)
        }
        if learner.scale != known { people = PersonHeights(learner.scale, rows: frame.height) }
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
            tracker.resume(
                object.id,
                since: object.since,
                sighting(blob),
                at: time,
                in: surroundings
            )
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
                let (luma, known) = (luma + index, known + index)
                for x in 0..<count {
                    let away = Int16(luma[x]) &- Int16(template[x])
                    known[x] |= mask[x] & ((away < 0 ? 0 &- away : away) <= limit ? 1 : 0)
                }
            }
        }
    }

    private mutating func classify(at time: MediaTime) {
        let (frame, classifier, people) = (frame, classifier, people)
        tracker.vote(at: time) { track in
            let subject = ClassificationSubject(
                box: track.measured,
                pictureWidth: frame.width,
                pictureHeight: frame.height,
                isStatic: false,
                bodyLengthsPerSecond: track.presentPace,
                personHeight: people.expected(at: track.measured)
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
                    bodyLengthsPerSecond: 0,
                    personHeight: people.expected(at: object.box)
                )
            )
            guard object.arrivedAs == .person, object.box.width <= object.box.height * 5 / 4 else {
                return shape
            }
            return Classification(.person, confidence: max(0.6, shape.confidence))
        }
    }
}
