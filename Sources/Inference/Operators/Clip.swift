internal import Kernels

/// ONNX Clip: `min(max(x, low), high)`; the bounds are constant inputs.
struct Clip: Operator {
    init(_ attributes: inout Attributes) {}

    func specialised(for operands: Operands) throws(InferenceError) -> Specialised {
        let low = try operands.optionalConstant(1, "the lower bound")?.scalar(
            for: "the lower bound"
        )
        let high = try operands.optionalConstant(2, "the upper bound")?
            .scalar(for: "the upper bound")
        let largest = Float.greatestFiniteMagnitude
        return try UnaryComputation.specialised(
            .activation(.clip(low ?? -largest, high ?? largest)),
            operands
        )
    }
}
