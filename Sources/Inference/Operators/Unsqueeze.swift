/// ONNX Unsqueeze: with further dimensions of size 1, given by an attribute (before opset 13) or an
/// input.
struct Unsqueeze: Operator {
    private let axes: [Int]?
    private let opset: Int

    init(_ attributes: inout Attributes) throws(InferenceError) {
        opset = attributes.opset
        axes = opset < 13 ? try attributes.integers("axes") : nil
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let shape = try operands.shape(0)
        guard let given = try opset < 13 ? axes : operands.constant(1, "axes").integers(for: "axes")
        else {
            throw .invalid("attribute axes is missing")
        }
        guard given.count <= Shape.maximumRank else {
            throw .unsupported("\(given.count) further dimensions")
        }
        var added: Set<Int> = []
        for axis in given {
            added.insert(try shape.axis(axis, rank: shape.rank + given.count))
        }
        guard added.count == given.count else { throw .invalid("axes \(given) name one twice") }
        var rest = shape.dimensions[...]
        let sizes = (0..<shape.rank + given.count).map { axis in
            added.contains(axis) ? 1 : rest.popFirst() ?? 1
        }
        return .alias(try Shape(sizes))
    }
}
