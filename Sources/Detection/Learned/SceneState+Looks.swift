internal import Glibc
internal import Imaging
internal import Scene

extension SceneState {
    /// Something that the learned stage could look at now.
    private struct Subject {
        /// What was seen of it until now.
        var record: LookRecord
        var box: NormalizedBox
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
    ///   - place: where a box of this scene is in the whole picture.
    /// - Returns: whether anything was looked at.
    mutating func look(
        at picture: PictureView,
        time: MediaTime,
        with scorer: any CropScorer,
        budget: inout LookBudget,
        isUrgent: Bool,
        place: (NormalizedBox) -> NormalizedBox = { $0 }
    ) -> Bool {
        looks = looks.filter(isKnown)
        guard !isBlind else { return false }
        var hasLooked = false
        for subject in due(at: time, isUrgent: isUrgent)
        where budget.take(isUrgent: subject.isUrgent) {
            hasLooked = true
            var record = subject.record
            let look = scorer.look(at: view(of: subject.box, in: picture))
            record.add(look.scores, at: time)
            if let scores = record.verdict {
                let features = features(
                    of: subject,
                    at: place(subject.box),
                    scores,
                    look.embedding,
                    scorer.modelName
                )
                record.note(features, acceptance: scorer.siteLayer?.acceptance(of: features))
            }
            let index = looks.firstIndex { $0.id >= record.id } ?? looks.count
            let isKnown = index < looks.count && looks[index].id == record.id
            looks.replaceSubrange(index..<(isKnown ? index + 1 : index), with: [record])
        }
        return hasLooked
    }

    /// What is seen and is to be looked at, the urgent first, then what was looked at least often.
    private func due(at time: MediaTime, isUrgent: Bool) -> [Subject] {
        var subjects: [Subject] = []
        func consider(_ id: ObjectID, _ pixels: PixelBox, isStatic: Bool) {
            var record = LookRecord(id: id, isStatic: isStatic)
            if let known = self.record(of: id), known.isStatic == isStatic { record = known }
            guard record.isDue(at: time) else { return }
            let box = pixels.normalized(width: frame.width, height: frame.height)
            let isUrgent = isUrgent || isInUrgentZone(box)
            subjects.append(Subject(record: record, box: box, isUrgent: isUrgent))
        }
        for object in registry.objects where object.state == .confirmed && object.isVisible {
            consider(object.id, object.box, isStatic: true)
        }
        for track in tracker.tracks where track.hits >= Track.reportedHits && track.isVisible {
            consider(track.id, track.measured, isStatic: false)
        }
        return subjects.sorted { a, b in
            if a.isUrgent != b.isUrgent { return a.isUrgent }
            let (before, after) = (a.record.count, b.record.count)
            return before != after ? before < after : a.record.id < b.record.id
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

    /// What a site's own experience is learned from: shape, rest, the network's scores, and what it
    /// saw.
    private func features(
        of subject: Subject,
        at place: NormalizedBox,
        _ scores: LearnedScores,
        _ embedding: [Float],
        _ model: String
    ) -> ObjectFeatures {
        let object = registry.objects.first { $0.id == subject.record.id }
        let track = tracker.tracks.first { $0.id == subject.record.id }
        let pixels = subject.box.pixels(width: frame.width, height: frame.height)
        let person = people.expected(at: pixels)
        var values: [Double] = []
        values.append(log(max(0.001, place.height)))
        values.append(log(max(0.001, place.width)))
        values.append(Double(pixels.height) / Double(max(1, pixels.width)))
        values.append(place.center.x)
        values.append(place.groundContact.y)
        values.append(person.map { Double(pixels.height) / max(1, $0) } ?? 0)
        values.append(person == nil ? 0 : 1)
        values.append(subject.record.isStatic ? 1 : 0)
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
