internal import Glibc
public import Scene

/// A site's own experience: how likely dispatchers there confirm an alert about an object.
///
/// A logistic layer on top of the object's features. As shipped it lets everything pass; verdicts
/// move it from there.
public struct SiteLayer: Hashable, Sendable, Codable {
    /// Number of the layer at its site, from 1.
    public var number: Int
    /// The network whose features it judges.
    public var model: String
    /// One weight for each feature.
    public var weights: [Double]
    /// What is added to the weighted sum.
    public var bias: Double

    /// Bias as shipped: what nothing is known of passes by 0.88.
    public static let shippedBias = 2.0
    /// Below this an alert is held back.
    public static let leastAcceptance = 0.2

    /// A layer with weights.
    public init(number: Int, model: String, weights: [Double], bias: Double) {
        self.number = number
        self.model = model
        self.weights = weights
        self.bias = bias
    }

    /// The layer as shipped.
    public static func shipped(model: String, features: Int) -> SiteLayer {
        SiteLayer(
            number: 0,
            model: model,
            weights: [Double](repeating: 0, count: features),
            bias: shippedBias
        )
    }

    /// How likely an alert about the object is confirmed, 0 to 1 in hundredths; nil where the
    /// features are of another kind.
    public func acceptance(of features: ObjectFeatures) -> Double? {
        guard features.version == ObjectFeatures.version, features.model == model,
            features.hundredths.count == weights.count
        else { return nil }
        let sum = zip(weights, features.values).reduce(bias) { $0 + $1.0 * $1.1 }
        return (Self.logistic(sum) * 100).rounded() / 100
    }

    /// The share that a logit stands for.
    public static func logistic(_ logit: Double) -> Double {
        1 / (1 + exp(-min(40, max(-40, logit))))
    }
}
