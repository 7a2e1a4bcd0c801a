/// The sizes of a tensor's dimensions, outermost first; without dimensions it is one number.
///
/// Sizes are not negative and their product fits 31 bits, so arithmetic on positions in a tensor
/// cannot overflow.
struct Shape: Hashable, Sendable, CustomStringConvertible {
    /// More dimensions than any supported operator uses.
    static let maximumRank = 8
    static let maximumCount = Int(Int32.max)

    let dimensions: [Int]
    /// How many elements.
    let count: Int

    /// One number.
    static let scalar = Self(unchecked: [])

    init(_ dimensions: [Int]) throws(InferenceError) {
        guard dimensions.count <= Self.maximumRank else {
            throw .unsupported(
                "\(dimensions.count) dimensions, at most \(Self.maximumRank) are supported"
            )
        }
        var count = 1
        // A zero elsewhere must not hide dimensions whose product overflows.
        for size in dimensions {
            guard size >= 0 else {
                throw .invalid("negative dimension in \(dimensions)")
            }
            let (product, overflow) = count.multipliedReportingOverflow(by: max(size, 1))
            guard !overflow, product <= Self.maximumCount else {
                throw .exhausted("shape \(dimensions) has more than 2^31 elements")
            }
            count = product
        }
        self.init(unchecked: dimensions)
    }

    private init(unchecked dimensions: [Int]) {
        self.dimensions = dimensions
        count = dimensions.reduce(1, *)
    }

    /// One dimension; its size is known to be sane.
    init(vector count: Int) {
        self.init(unchecked: [min(max(count, 0), Self.maximumCount)])
    }

    var rank: Int { dimensions.count }

    var description: String {
        "[" + dimensions.map(String.init).joined(separator: ", ") + "]"
    }

    subscript(index: Int) -> Int { dimensions[index] }

    /// How far apart neighbours along each dimension are, in elements.
    var strides: [Int] {
        var strides = [Int](repeating: 1, count: rank)
        for index in stride(from: rank - 2, through: 0, by: -1) {
            strides[index] = strides[index + 1] * dimensions[index + 1]
        }
        return strides
    }

    /// The index of a dimension that ONNX may count from the back.
    ///
    /// - Parameters:
    ///   - axis: From `-rank` to `rank - 1`.
    ///   - rank: The number of dimensions, if another than this shape's.
    /// - Returns: From 0 to `rank - 1`.
    /// - Throws: `invalidData` if there is no such dimension.
    func axis(_ axis: Int, rank: Int? = nil) throws(InferenceError) -> Int {
        let rank = rank ?? self.rank
        guard axis >= -rank, axis < rank else {
            throw .invalid("axis \(axis) of a tensor with \(rank) dimensions")
        }
        return axis < 0 ? axis + rank : axis
    }

    /// The shape of element-wise results by ONNX's multidirectional broadcasting.
    func broadcast(with other: Self) throws(InferenceError) -> Self {
        var result: [Int] = []
        for index in 0..<max(rank, other.rank) {
            let left = index < rank ? dimensions[rank - 1 - index] : 1
            let right = index < other.rank ? other[other.rank - 1 - index] : 1
            guard left == right || left == 1 || right == 1 else {
                throw .invalid("shapes \(self) and \(other) do not go together")
            }
            result.append(left == 1 ? right : left)
        }
        return try Self(result.reversed())
    }

    /// Strides with which elements are read as if the tensor had a larger shape.
    func strides(broadcastTo target: Self) -> [Int] {
        let own = strides
        return target.dimensions.indices.map { index in
            let mine = index - (target.rank - rank)
            return mine < 0 || dimensions[mine] == 1 ? 0 : own[mine]
        }
    }
}
