/// ONNX MatMul: products of matrices, stacks of them broadcast to each other.
struct MatMul: Operator {
    init(_ attributes: inout Attributes) {}

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let (left, right) = (try operands.shape(0), try operands.shape(1))
        guard left.rank > 0, right.rank > 0 else { throw .invalid("a factor is one number") }
        // A vector is a row on the left, a column on the right; its added dimension goes again.
        let a = left.rank == 1 ? [1] + left.dimensions : left.dimensions
        let b = right.rank == 1 ? right.dimensions + [1] : right.dimensions
        guard a[a.count - 1] == b[b.count - 2] else {
            throw .invalid("shapes \(left) and \(right) cannot be multiplied")
        }
        let leftStack = try Shape(a.dropLast(2))
        let rightStack = try Shape(b.dropLast(2))
        let stack = try leftStack.broadcast(with: rightStack)
        let rows = left.rank == 1 ? [] : [a[a.count - 2]]
        let columns = right.rank == 1 ? [] : [b[b.count - 1]]
        var product = MatrixProduct(
            output: try Shape(stack.dimensions + rows + columns),
            rows: a[a.count - 2],
            columns: b[b.count - 1],
            depth: a[a.count - 1]
        )
        product.stack = StridedWalk(
            stack.dimensions,
            strides: [
                leftStack.strides(broadcastTo: stack), rightStack.strides(broadcastTo: stack),
                stack.strides,
            ]
        )
        product.stackCount = stack.count
        return .computation(product)
    }
}
