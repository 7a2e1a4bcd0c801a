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
            record.add(scorer.scores(of: view), at: time)
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
        for index in subjects.indices where isInWatchedZone(subjects[index].box) {
            subjects[index].isUrgent = true
        }
        let counts = Dictionary(uniqueKeysWithValues: looks.map { ($0.id, $0.count) })
        return subjects.sorted { a, b in
            if a.isUrgent != b.isUrgent { return a.isUrgent }
            let (before, after) = (counts[a.id] ?? 0, counts[b.id] ?? 0)
            return before != after ? before < after : a.id < b.id
        }
    }

    /// Whether its foot is in a zone whose people must be seen.
    private func isInWatchedZone(_ box: NormalizedBox) -> Bool {
        let foot = NormalizedPoint(x: box.x + box.width / 2, y: box.y + box.height * 0.98)
        return options.zones.contains { $0.polygon.contains(foot) }
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

    /// What the learned stage makes of an object; nil where it has not looked often enough.
    func verdict(of id: ObjectID) -> LearnedScores? {
        looks.first { $0.id == id }?.verdict
    }
}
