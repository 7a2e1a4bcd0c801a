internal import Imaging
internal import Scene

extension SceneState {
    /// Tells apart what moves at the water, and judges how well that can be seen.
    mutating func watchWater(span: MediaSpan, at time: MediaTime) {
        guard var water, let dynamics = background.dynamics else { return }
        let sightings = tracker.tracks.map { track in
            WaterWatch.Sighting(
                id: track.id,
                box: track.measured,
                isVisible: track.isVisible,
                leader: track.votes.leader
            )
        }
        let standing = registry.objects.filter { object in
            object.state == .confirmed && object.isVisible
                && object.classification.objectClass == .person
        }
        .map(\.box)
        water.step(
            sightings.sorted { $0.id < $1.id },
            frame,
            dynamics: dynamics,
            standing: standing,
            people: people,
            age: background.age,
            at: time
        )
        water.drift.step(
            frame.luma.base,
            size: (frame.width, frame.height),
            water: (UnsafePointer(dynamics.zone.base), dynamics.bounds),
            avoiding: water.things.map(\.box),
            people: people,
            at: time
        )
        let look = SightWatch.Look(
            measures: measures,
            seen: frame.seen.base,
            width: frame.width,
            dynamics: dynamics,
            noise: background.noise.base,
            isNight: isDark,
            water: options.zones.compactMap(\.water),
            strayShare: strayShare(water),
            seconds: min(1, span.seconds),
            time: time
        )
        water.sight.step(look)
        self.water = water
    }

    /// Share of the picture that differs and is neither a thing that lasts nor one that stands.
    private func strayShare(_ water: WaterWatch) -> Double {
        var explained = 0
        for thing in water.things where thing.age >= .seconds(1) && thing.isCoherent {
            let count = changedCount(in: thing.box)
            // Drops and flakes are never so close.
            if count * 3 >= thing.box.area { explained += count }
        }
        for object in registry.objects { explained += object.area }
        let share = Double(explained) / Double(frame.width * frame.height)
        return background.changedShare - share
    }

    /// Number of pixels that differ in a box, about: by every second row.
    private func changedCount(in box: PixelBox) -> Int {
        var count = 0
        for y in stride(from: box.y, to: box.maxY, by: 2) {
            let row = background.changed.base + y * frame.width
            var inRow: UInt32 = 0
            for x in box.x..<box.maxX { inRow &+= UInt32(row[x]) }
            count += Int(inRow)
        }
        return min(box.area, 2 * count)
    }

    /// What a track is taken for, and how sure it is that it is real, before the learned stage has
    /// its say.
    func judgement(of track: Track) -> (classification: Classification, confidence: Double) {
        let leader = track.votes.leader
        guard let water else { return (leader, Self.movingConfidence) }
        let verdict = record(of: track.id)?.verdict
        if let verdict, verdict.leader == .person, verdict[.person] >= LearnedVerdict.naming {
            return (leader, Self.movingConfidence)
        }
        if verdict?.leader == .light, water.glitters(track.id) {
            return (Classification(.unknown, confidence: 0.5), LearnedVerdict.doubt)
        }
        let size = (width: frame.width, height: frame.height)
        let judged = water.judge(track.id, leader: leader, size: size)
        return (judged.classification, min(Self.movingConfidence, judged.confidence))
    }

    /// What the water has against a track.
    func waterTests(of id: ObjectID) -> [TestResult] {
        guard let thing = water?.things.first(where: { $0.id == id }) else { return [] }
        func plain(_ value: Double) -> String { TestResult.plain((value * 100).rounded() / 100) }
        let drift = water?.drift.velocity.map { "\(plain($0.x)), \(plain($0.y))" } ?? "none known"
        return [
            TestResult(
                "no_ripple",
                "moves as a body does, of itself",
                isHeld: thing.doubt == nil,
                measured: "\(thing.doubt?.rawValue ?? "no doubt"): seen for "
                    + "\(plain(thing.age.seconds)) s in \(plain(thing.seenShare)) of the frames, "
                    + "straightness \(plain(thing.straightness)), "
                    + "steadiness \(plain(thing.steadiness)), "
                    + "restlessness \(plain(thing.restlessness)), "
                    + "sparks \(plain(thing.sparkle)) around it, "
                    + "likeness to itself \(plain(thing.likeness)), "
                    + "\(plain(thing.height)) by \(plain(thing.width)) persons, "
                    + "\(thing.isSomebody ? "was somebody" : "never surely somebody"), "
                    + "stream \(drift)",
                demanded: "\(WaterWatch.persistence.seconds) s, "
                    + "\(WaterWatch.patience.seconds) s where it is small; straight by 0.3, or "
                    + "steady by 0.5 and restless below \(WaterThing.glitter); sparks below "
                    + "\(WaterThing.leastSparkle) where it began; neither with the stream nor an "
                    + "image"
            )
        ]
    }

    /// How sure it is that what is tracked is real, where nothing speaks against it.
    private static let movingConfidence = 0.8
}
