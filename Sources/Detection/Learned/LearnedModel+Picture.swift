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
    /// Least score of what is told.
    private static let leastScore = 0.3

    /// Shows a network a whole picture, to see whether it works at all.
    ///
    /// - Parameter picture: any picture.
    /// - Returns: a detector's boxes, the surest first; a classifier's shares of the whole picture.
    /// - Throws: `InferenceError` where the network needs more memory than it may have.
    public func sights(in picture: PictureView) throws -> [ModelSight] {
        let scorer = try scorer()
        let whole = NormalizedBox(x: 0, y: 0, width: 1, height: 1)
        if let found = scorer.find(in: picture, part: whole) {
            return found.filter { $0.scores.highest >= Self.leastScore }.map { box, scores in
                ModelSight(box: box, kind: scores.leader, score: scores.highest)
            }
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
}
