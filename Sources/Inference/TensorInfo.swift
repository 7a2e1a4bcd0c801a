/// Name and shape of an input or output as the model declares them.
public struct TensorInfo: Hashable, Sendable {
    /// The name in the model.
    public var name: String
    /// The size of each dimension, outermost first; nil where any size is allowed.
    public var shape: [Int?]

    /// Creates a description.
    ///
    /// - Parameters:
    ///   - name: The name in the model.
    ///   - shape: The size of each dimension, nil where it is free.
    public init(name: String, shape: [Int?]) {
        self.name = name
        self.shape = shape
    }
}
