internal import Glibc
internal import Imaging
internal import Scene

extension SceneState {
    /// Something that the learned stage could look at now.
    private struct Subject {
        var id: ObjectID
        var box: NormalizedBox
        var isStatic: Bool
        var isUrgent: Bool
    }

    /// Looks at what is due, the urgent first, as far as the budget goes.
    ///
    /// - Parameters:
    ///   - picture: the picture of the last step.
    ///   - time: its time.
    ///   - scorer: the network.
    ///   - budget: how many looks are left.
    ///   - isUrgent: whether everything here is urgent.
    mutating func look(
        at picture: PictureView,
        time: MediaTime,
        with scorer: any CropScorer,
        budget: inout LookBudget,
        isUrgent: Bool
    ) {
        let subjects = subjects(isUrgent: isUrgent)
        looks = looks.filter(isKnown)
        guard !isBlind else { return }
        for subject in subjects {
            let index = looks.firstIndex { $0.id == subject.id }
            var record = index.map { looks[$0] }
            if record?.isStatic != subject.isStatic {
                record = LookRecord(id: subject.id, isStatic: subject.isStatic)
            }
            guard var record, record.isDue(at: time) else { continue }
            guard budget.take(isUrgent: subject.isUrgent) else { continue }
            let view = CropView(
                picture: picture,
                box: shifted(subject.box),
                patch: patch(of: subject.box, in: picture)
            )
            let look = scorer.look(at: view)
            record.add(look.scores, at: time)
            if let scores = record.verdict {
                let features = features(of: subject, scores, look.embedding, scorer.modelName)
                record.note(features, acceptance: scorer.siteLayer?.acceptance(of: features))
            }
            if let index {
                looks[index] = record
            } else {
                let place = looks.firstIndex { $0.id > record.id } ?? looks.count
                looks.insert(record, at: place)
            }
        }
    }

    /// What is seen, the urgent first, then what was looked at least often.
    private func subjects(isUrgent: Bool) -> [Subject] {
        var subjects: [Subject] = []
        for object in registry.objects where object.state == .confirmed && object.isVisible {
            let box = object.box.normalized(width: frame.width, height: frame.height)
            subjects.append(Subject(id: object.id, box: box, isStatic: true, isUrgent: isUrgent))
        }
        for track in tracker.tracks where track.hits >= Track.reportedHits && track.isVisible {
            let box = track.measured.normalized(width: frame.width, height: frame.height)
            subjects.append(Subject(id: track.id, box: box, isStatic: false, isUrgent: isUrgent))
        }
        for index in subjects.indices where isInUrgentZone(subjects[index].box) {
            subjects[index].isUrgent = true
        }
        let counts = Dictionary(uniqueKeysWithValues: looks.map { ($0.id, $0.count) })
        return subjects.sorted { a, b in
            if a.isUrgent != b.isUrgent { return a.isUrgent }
            let (before, after) = (counts[a.id] ?? 0, counts[b.id] ?? 0)
            return before != after ? before < after : a.id < b.id
        }
    }

    /// Whether its foot is in a zone where looks are urgent.
    private func isInUrgentZone(_ box: NormalizedBox) -> Bool {
        let foot = NormalizedPoint(x: box.x + box.width / 2, y: box.y + box.height * 0.98)
        return options.zones.contains { $0.isUrgent && $0.polygon.contains(foot) }
    }

    private func isKnown(_ record: LookRecord) -> Bool {
        registry.objects.contains { $0.id == record.id }
            || tracker.tracks.contains { $0.id == record.id }
    }

    /// Where a place of the background is seen in the present picture.
    private func shifted(_ box: NormalizedBox) -> NormalizedBox {
        NormalizedBox(
            x: box.x + Double(alignment.x) / Double(frame.width),
            y: box.y + Double(alignment.y) / Double(frame.height),
            width: box.width,
            height: box.height
        )
    }

    /// What a site's own experience is learned from: shape, rest, the network's scores, and what it
    /// saw.
    private func features(
        of subject: Subject,
        _ scores: LearnedScores,
        _ embedding: [Float],
        _ model: String
    ) -> ObjectFeatures {
        let box = subject.box
        let object = registry.objects.first { $0.id == subject.id }
        let track = tracker.tracks.first { $0.id == subject.id }
        let pixels = box.pixels(width: frame.width, height: frame.height)
        let person = people.expected(at: pixels)
        var values: [Double] = []
        values.append(log(max(0.001, box.height)))
        values.append(log(max(0.001, box.width)))
        values.append(Double(pixels.height) / Double(max(1, pixels.width)))
        values.append(box.x + box.width / 2)
        values.append(box.y + box.height)
        values.append(person.map { Double(pixels.height) / max(1, $0) } ?? 0)
        values.append(person == nil ? 0 : 1)
        values.append(subject.isStatic ? 1 : 0)
        values.append(object.map { Double($0.area) / Double(max(1, $0.box.area)) } ?? 0)
        values.append(object?.restlessness ?? 0)
        values.append(object?.seenShare ?? 0)
        values.append(object.map { Double(min(9, $0.crossings)) } ?? 0)
        values.append(object?.arrivedAs == .person ? 1 : 0)
        values.append(track.map { min(9, $0.bodyLengthsPerSecond) } ?? 0)
        values.append(track.map { min(9, $0.tortuosity) } ?? 0)
        values += LearnedScores.Kind.allCases.map { scores[$0] }
        values += embedding.map(Double.init)
        return ObjectFeatures(model: model, values: values)
    }

    /// What the learned stage has seen of an object.
    func record(of id: ObjectID) -> LookRecord? {
        looks.first { $0.id == id }
    }
}
