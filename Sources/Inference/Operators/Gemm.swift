/// ONNX Gemm: `alpha * A * B + beta * C` of matrices, A and B swapped where asked for.
struct Gemm: Operator {
    private let alpha: Float
    private let beta: Float
    private let swapsLeft: Bool
    private let swapsRight: Bool

    init(_ attributes: inout Attributes) throws(InferenceError) {
        alpha = try attributes.float("alpha") ?? 1
        beta = try attributes.float("beta") ?? 1
        swapsLeft = try attributes.flag("transA")
        swapsRight = try attributes.flag("transB")
    }

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let (left, right) = (try operands.shape(0), try operands.shape(1))
        guard left.rank == 2, right.rank == 2 else {
            throw .invalid("shapes \(left) and \(right) are not those of matrices")
        }
        let (rows, depth) = swapsLeft ? (left[1], left[0]) : (left[0], left[1])
        let (height, columns) = swapsRight ? (right[1], right[0]) : (right[0], right[1])
        guard depth == height else {
            throw .invalid("shapes \(left) and \(right) cannot be multiplied")
        }
        let output = try Shape([rows, columns])
        var product = MatrixProduct(output: output, rows: rows, columns: columns, depth: depth)
        product.leftIsSwapped = swapsLeft
        product.rightIsSwapped = swapsRight
        product.factor = alpha
        if let third = operands.optional(2) {
            guard try third.shape.broadcast(with: output) == output else {
                throw .invalid("shape \(third.shape) cannot be added to \(output)")
            }
            let strides = third.shape.strides(broadcastTo: output)
            product.summand = (strides[0], strides[1], beta)
        }
        return .computation(product)
    }
}
