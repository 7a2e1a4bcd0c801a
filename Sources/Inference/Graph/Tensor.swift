/// Numbers known before a run, in the order of the innermost dimension first.
struct Tensor: Sendable {
    /// Floating-point types become floats; whole numbers and truth values become integers.
    enum Elements: Sendable {
        case floats([Float])
        case integers([Int64])
    }

    let shape: Shape
    let elements: Elements

    init(shape: Shape, floats: [Float]) {
        precondition(floats.count == shape.count, "as many elements as the shape has")
        self.shape = shape
        elements = .floats(floats)
    }

    init(shape: Shape, integers: [Int64]) {
        precondition(integers.count == shape.count, "as many elements as the shape has")
        self.shape = shape
        elements = .integers(integers)
    }

    init(list: [Int]) {
        self.init(shape: Shape(vector: list.count), integers: list.map(Int64.init))
    }

    /// The floats, or an error that says what they were needed for.
    func floats(for purpose: String) throws(InferenceError) -> [Float] {
        guard case .floats(let floats) = elements else {
            throw .invalid("\(purpose) must be floating-point numbers, but are integers")
        }
        return floats
    }

    /// The integers of a tensor of at most one dimension.
    func integers(for purpose: String) throws(InferenceError) -> [Int] {
        guard case .integers(let integers) = elements, shape.rank <= 1 else {
            throw .invalid("\(purpose) must be a list of integers, but has shape \(shape)")
        }
        return integers.map(Int.init)
    }

    /// The only element as a float.
    func scalar(for purpose: String) throws(InferenceError) -> Float {
        let floats = try floats(for: purpose)
        guard let first = floats.first, floats.count == 1 else {
            throw .invalid("\(purpose) must be one number, but has shape \(shape)")
        }
        return first
    }

    /// The same elements in another shape of as many elements.
    func reshaped(_ shape: Shape) -> Self {
        switch elements {
        case .floats(let floats): Self(shape: shape, floats: floats)
        case .integers(let integers): Self(shape: shape, integers: integers)
        }
    }

    /// How much memory the elements take.
    var bytes: Int {
        switch elements {
        case .floats(let floats): floats.count * MemoryLayout<Float>.size
        case .integers(let integers): integers.count * MemoryLayout<Int64>.size
        }
    }
}
