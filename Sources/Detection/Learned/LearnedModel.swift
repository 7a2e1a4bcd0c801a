public import Inference
public import Kernels
public import Scene

/// A network that can look at crops: shared by all cameras, with memory for each.
public struct LearnedModel: Sendable {
    /// Names the network and its weights.
    public let identity: String
    /// The network as read.
    public let model: Model
    private let settings: ModelSettings?
    private var siteLayer: SiteLayer?

    /// The project's own crop classifier.
    ///
    /// - Parameters:
    ///   - model: the file, read.
    ///   - identity: names it and its weights.
    /// - Throws: `InferenceError` where it is no such model.
    public init(own model: Model, identity: String) throws(InferenceError) {
        self.model = model
        self.identity = identity
        settings = nil
        guard model.inputs.map(\.name) == [PatchScorer.input],
            model.outputs.contains(where: { $0.name == PatchScorer.output })
        else {
            throw InferenceError(
                code: .invalidInput,
                message: "\(identity) is no crop classifier of this project: it has the inputs "
                    + "\(model.inputs.map(\.name)) and the outputs \(model.outputs.map(\.name))"
            )
        }
        _ = try scorer()
    }

    /// An operator's network.
    ///
    /// - Parameters:
    ///   - model: the file, read.
    ///   - settings: how it wants its pictures, and what its answers mean.
    ///   - identity: names it and its weights.
    /// - Throws: `InferenceError` where model and settings do not fit together.
    public init(
        _ model: Model,
        settings: ModelSettings,
        identity: String
    ) throws(InferenceError) {
        self.model = model
        self.identity = identity
        self.settings = settings
        _ = try scorer()
    }

    /// The network planned for the input that it gets here, to be measured by itself.
    ///
    /// - Parameters:
    ///   - instructionSet: which kernels it uses.
    ///   - size: columns and rows of the input; nil for those that it gets here, which the
    ///     project's own model cannot depart from.
    /// - Returns: a session with zeros for input.
    /// - Throws: `InferenceError` where the network cannot be planned like that.
    public func session(
        instructionSet: InstructionSet = .best,
        size: (width: Int, height: Int)? = nil
    ) throws(InferenceError) -> Session {
        guard let input = model.inputs.first?.name else {
            throw InferenceError(code: .invalidInput, message: "\(identity) has no input")
        }
        var shape = PatchScorer.shape
        if let settings {
            shape = [1, 3, size?.height ?? settings.height, size?.width ?? settings.width]
        }
        return try Session(model, inputShapes: [input: shape], instructionSet: instructionSet)
    }

    /// The network with memory for one detector.
    ///
    /// - Returns: what the detector asks.
    /// - Throws: `InferenceError` where it needs more memory than it may have.
    public func scorer() throws(InferenceError) -> any CropScorer {
        guard let settings else {
            return try PatchScorer(model, modelName: identity, siteLayer: siteLayer)
        }
        return try RegionScorer(
            model,
            settings,
            modelName: identity,
            siteLayer: siteLayer
        )
    }

    /// The network with a site's own experience on top; without it where that is of another
    /// network.
    public func adapted(by layer: SiteLayer) -> LearnedModel {
        guard layer.model == identity else { return self }
        var adapted = self
        adapted.siteLayer = layer
        return adapted
    }
}
