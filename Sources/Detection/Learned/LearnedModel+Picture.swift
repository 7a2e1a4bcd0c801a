public import Imaging
public import Scene

/// What a network sees in a whole picture.
public struct ModelSight: Hashable, Sendable {
    /// Where it is, in shares of the picture; the whole picture for a classifier.
    public var box: NormalizedBox
    /// What it is taken for.
    public var kind: LearnedScores.Kind
    /// How sure the network is, 0 to 1 in hundredths.
    public var score: Double
}

extension LearnedModel {
    /// Least score of what is told, and overlap from which two boxes are one thing.
    private static let (leastScore, sameThing) = (0.3, 0.5)

    /// Shows a network a whole picture, to see whether it works at all.
    ///
    /// - Parameter picture: any picture.
    /// - Returns: a detector's boxes, the surest first; a classifier's shares of the whole picture.
    /// - Throws: `InferenceError` where the network needs more memory than it may have.
    public func sights(in picture: PictureView) throws -> [ModelSight] {
        let scorer = try scorer()
        let whole = NormalizedBox(x: 0, y: 0, width: 1, height: 1)
        if let detector = scorer as? RegionScorer, detector.isDetector {
            return Self.distinct(detector.sights(in: picture))
        }
        let size = (picture.luma.width, picture.luma.height)
        let region = PictureRegion(
            around: (x: 0, y: 0, width: Double(size.0), height: Double(size.1)),
            size,
            margin: 1
        )
        // Nothing is known of what is behind: the picture itself stands for it.
        let view = CropView(
            picture: picture,
            box: whole,
            background: (picture, nil),
            regions: (region, region)
        )
        let scores = scorer.look(at: view).scores
        return LearnedScores.Kind.allCases.map {
            ModelSight(box: whole, kind: $0, score: scores[$0])
        }
        .filter { $0.score > 0 }
        .sorted { $0.score > $1.score }
    }

    /// Leaves out what a surer box of the same kind covers.
    private static func distinct(_ sights: [ModelSight]) -> [ModelSight] {
        var kept: [ModelSight] = []
        for sight in sights.filter({ $0.score >= leastScore }).sorted(by: { $0.score > $1.score }) {
            let isNew = kept.allSatisfy { other in
                other.kind != sight.kind || other.box.intersectionOverUnion(sight.box) < sameThing
            }
            if isNew { kept.append(sight) }
        }
        return kept
    }
}

extension RegionScorer {
    /// Everything of the project's kinds that a detector finds in a picture.
    fileprivate func sights(in picture: PictureView) -> [ModelSight] {
        detections(in: picture).compactMap { box, scores in
            let best = LearnedScores.Kind.allCases.compactMap { kind -> ModelSight? in
                let labels = kind.objectClass.flatMap { settings.labels[$0] } ?? []
                let score = labels.compactMap { scores.indices.contains($0) ? scores[$0] : nil }
                guard let top = score.max() else { return nil }
                let rounded = (Double(top) * 100).rounded() / 100
                return ModelSight(box: box, kind: kind, score: rounded)
            }
            return best.max { $0.score < $1.score }
        }
    }
}
