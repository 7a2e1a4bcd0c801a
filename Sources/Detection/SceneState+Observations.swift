internal import Scene

extension SceneState {
    /// What is seen or remembered now, in order of the objects' numbers.
    func observations(at time: MediaTime) -> FrameObservations {
        var objects = registry.objects.filter { $0.state == .confirmed }.map(observation)
        objects += tracker.reported(at: time).map(observation)
        objects.sort { $0.id < $1.id }
        return FrameObservations(
            time: time,
            objects: objects,
            isBlind: isBlind,
            isDark: isDark,
            faults: health.faults + (water?.sight.faults ?? [])
        )
    }

    /// A standing object as it is reported.
    func observation(_ object: StaticObject) -> Observation {
        let learned = record(of: object.id)
        return Observation(
            id: object.id,
            mobility: .static,
            box: object.standing.normalized(width: frame.width, height: frame.height),
            since: object.since,
            presentAtStart: object.presentAtStart,
            isVisible: object.isVisible,
            classification: LearnedVerdict.classification(
                object.classification,
                arrivedAs: object.arrivedAs,
                size: size(of: object.standing),
                learned?.verdict
            ),
            confidence: LearnedVerdict.confidence(
                object.presentConfidence,
                learned?.verdict,
                acceptance: learned?.acceptance
            ),
            height: metres(of: object.standing),
            features: learned?.features
        )
    }

    /// A moving object as it is reported.
    func observation(_ track: Track) -> Observation {
        let learned = record(of: track.id)
        let judged = judgement(of: track)
        let box = wholeBox(of: track)
        return Observation(
            id: track.id,
            mobility: .moving,
            box: box.normalized(width: frame.width, height: frame.height),
            since: track.firstSeen,
            isVisible: track.isVisible,
            hiding: track.isVisible ? nil : track.hiding,
            classification: LearnedVerdict.classification(
                judged.classification,
                arrivedAs: nil,
                size: size(of: box),
                learned?.verdict
            ),
            confidence: LearnedVerdict.confidence(
                judged.confidence,
                learned?.verdict,
                acceptance: learned?.acceptance
            ),
            tortuosity: (track.tortuosity * 100).rounded() / 100,
            bodyLengthsPerSecond: (track.bodyLengthsPerSecond * 100).rounded() / 100,
            height: track.isVisible && !track.isMerged ? metres(of: box) : nil,
            features: learned?.features
        )
    }

    /// Its box, down to where its feet are if they have been lost a moment ago.
    private func wholeBox(of track: Track) -> PixelBox {
        guard track.isVisible, !track.isMerged else { return track.measured }
        return track.stature.whole(track.measured, at: track.lastSeen, rows: frame.height) { box in
            people.expected(at: box)
        }
    }

    /// How tall what is in a box is, by a person who stood there; nil where that is not known.
    private func metres(of box: PixelBox) -> Double? {
        size(of: box).map { $0.height * PersonScale.metres }
    }

    /// Height and width over the height of a person who stood there, where that is known.
    private func size(of box: PixelBox) -> (height: Double, width: Double)? {
        people.expected(at: box).map { (Double(box.height) / $0, Double(box.width) / $0) }
    }
}
