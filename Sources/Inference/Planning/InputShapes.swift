/// The shapes of a model's inputs: as asked for, and as the model declares them.
struct InputShapes {
    private(set) var actual: [Shape] = []
    /// As declared; where a size is free, as asked for.
    private(set) var exported: [Shape] = []

    init(_ inputs: [TensorInfo], given: [String: [Int]]) throws(InferenceError) {
        if let name = given.keys.sorted().first(where: { name in
            !inputs.contains { $0.name == name }
        }) {
            let names = inputs.map { "'\($0.name)'" }.joined(separator: ", ")
            throw Self.error("no input '\(name)'; there are \(names)")
        }
        for input in inputs {
            guard let sizes = given[input.name] ?? Self.fixed(input.shape) else {
                throw Self.error("input '\(input.name)' has free sizes; a shape must be given")
            }
            guard sizes.count == input.shape.count else {
                throw Self.error(
                    "input '\(input.name)' has \(input.shape.count) dimensions, not \(sizes.count)"
                )
            }
            guard sizes.allSatisfy({ $0 >= 1 }) else {
                throw Self.error("input '\(input.name)' cannot have shape \(sizes)")
            }
            actual.append(try Shape(sizes))
            exported.append(try Shape(zip(input.shape, sizes).map { $0 ?? $1 }))
        }
    }

    private static func fixed(_ shape: [Int?]) -> [Int]? {
        let sizes = shape.compactMap { $0 }
        return sizes.count == shape.count ? sizes : nil
    }

    private static func error(_ message: String) -> InferenceError {
        InferenceError(code: .invalidInput, message: message)
    }
}
