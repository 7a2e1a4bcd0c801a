/// What a convolution does to each of its sums before it stores them.
public enum Activation: Hashable, Sendable {
    /// The sum as it is.
    case none
    /// `max(x, 0)`.
    case relu
    /// `x` where it is positive, the slope times `x` elsewhere.
    case leakyRelu(Float)
    /// `1 / (1 + exp(-x))`.
    case sigmoid
    /// `x * sigmoid(x)`.
    case silu
    /// `x * min(max(x + 3, 0), 6) / 6`.
    case hardSwish
    /// `min(max(x, low), high)`.
    case clip(Float, Float)
}
