/// ONNX Constant: a tensor or numbers of the model itself.
struct Constant: Operator {
    private let tensor: Tensor

    init(_ attributes: inout Attributes) throws(InferenceError) {
        if let value = try attributes.tensor("value") {
            tensor = value
        } else if let value = try attributes.float("value_float") {
            tensor = Tensor(shape: .scalar, floats: [value])
        } else if let value = try attributes.integer("value_int") {
            tensor = Tensor(shape: .scalar, integers: [Int64(value)])
        } else if let values = try attributes.floats("value_floats") {
            tensor = Tensor(shape: Shape(vector: values.count), floats: values)
        } else if let values = try attributes.integers("value_ints") {
            tensor = Tensor(list: values)
        } else {
            throw .unsupported("a constant without a value that is numbers")
        }
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        .constant(tensor)
    }
}
