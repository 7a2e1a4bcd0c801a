/// A network read from an ONNX file: checked, but not yet planned for a size of input.
public struct Model: Sendable {
    let graph: Graph
    /// The version of the ai.onnx operators that the file uses, 11 to 17.
    public var opset: Int
    /// Numbers in the file's constant floating-point tensors.
    public var parameterCount: Int

    /// Reads a file.
    ///
    /// - Parameter path: An ONNX file with all data inside, at most 256 MiB.
    /// - Throws: `InferenceError`; its message names the file.
    public init(contentsOf path: String) throws(InferenceError) {
        try self.init(bytes: Self.bytes(of: path), name: path)
    }

    /// The bytes of a file that is small enough to be a model.
    ///
    /// - Parameter path: An ONNX file, at most 256 MiB.
    /// - Returns: All of it.
    /// - Throws: `InferenceError`; its message names the file.
    public static func bytes(of path: String) throws(InferenceError) -> [UInt8] {
        try FileReader.bytes(of: path, maximumBytes: Limits().fileBytes)
    }

    /// Reads an ONNX model that is in memory.
    ///
    /// - Parameters:
    ///   - bytes: A serialised `ModelProto`.
    ///   - name: What messages call it.
    /// - Throws: `invalidData` for what is not a model, `unsupported` where it needs what is not
    ///   there, `exhausted` where it is too large.
    public init(bytes: [UInt8], name: String) throws(InferenceError) {
        try self.init(bytes: bytes, name: name, limits: Limits())
    }

    init(bytes: [UInt8], name: String, limits: Limits) throws(InferenceError) {
        do {
            var reader = ModelReader(limits: limits)
            graph = try reader.read(bytes)
            opset = reader.opset
            parameterCount = graph.constants.values.reduce(into: 0) { count, tensor in
                if case .floats(let floats) = tensor.elements { count += floats.count }
            }
        } catch {
            throw error.at("model '\(name)'")
        }
    }

    /// What must be filled in before a run.
    public var inputs: [TensorInfo] { graph.inputs.map(\.info) }

    /// What a run makes.
    public var outputs: [TensorInfo] { graph.outputs.map(\.info) }
}
