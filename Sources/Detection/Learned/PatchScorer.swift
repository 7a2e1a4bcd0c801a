internal import Imaging
internal import Inference
internal import Scene

/// The project's own model: a crop with the background behind it, straight to shares.
///
/// Input `crop`, `[1, 6, 48, 48]`: Y, U, V now and Y, U, V behind, (sample - 128) / 128. Output
/// `scores`, `[1, 6]`: person, vehicle, two-wheeler, object, light, ghost. Output `embedding`, of
/// any length, where the model has one: what it saw, before it decided.
final class PatchScorer: CropScorer, @unchecked Sendable {
    // Its session's memory is used by one detector only, one call at a time.
    let modelName: String
    let siteLayer: SiteLayer?
    private let session: Session
    private let hasEmbedding: Bool

    /// Names and shapes that the model must have.
    static let (input, output, embedding) = ("crop", "scores", "embedding")
    static let shape = [1, CropPatch.planes, CropPatch.side, CropPatch.side]
    static let kinds: [LearnedScores.Kind] = [
        .person, .vehicle, .twoWheeler, .object, .light, .ghost,
    ]

    init(_ model: Model, modelName: String, siteLayer: SiteLayer?) throws(InferenceError) {
        self.modelName = modelName
        self.siteLayer = siteLayer
        hasEmbedding = model.outputs.contains { $0.name == Self.embedding }
        session = try Session(model, inputShapes: [Self.input: Self.shape])
    }

    func find(
        in picture: PictureView,
        part: NormalizedBox
    ) -> [(box: NormalizedBox, scores: LearnedScores)]? { nil }

    func look(at view: CropView) -> Look {
        let samples = view.patch.samples
        session.withInput(Self.input) { input in
            for index in samples.indices { input[index] = (Float(samples[index]) - 128) / 128 }
        }
        session.run()
        let scores = session.withOutput(Self.output) { values, _ in
            LearnedScores(Dictionary(uniqueKeysWithValues: zip(Self.kinds, values)))
        }
        guard hasEmbedding else { return Look(scores: scores) }
        let embedding = session.withOutput(Self.embedding) { values, _ in Array(values) }
        return Look(scores: scores, embedding: embedding)
    }
}
