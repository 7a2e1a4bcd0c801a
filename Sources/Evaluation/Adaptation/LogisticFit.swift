internal import Detection
internal import Foundation

/// Fits a logistic layer to verdicts, held back by where it starts from.
///
/// The most likely weights under a Gaussian prior around the starting ones (ridge regression on the
/// logit), found by Newton's method: the cost is convex, so that where it ends does not depend on
/// the order of the samples.
struct LogisticFit {
    /// One alert that was judged.
    struct Sample: Hashable, Sendable {
        var features: [Double]
        var isConfirmed: Bool
    }

    /// Weights, the bias last.
    private(set) var weights: [Double]

    /// How strongly weights are held where they start; the bias is held less.
    static let (hold, biasHold) = (4.0, 0.25)
    private static let (steps, precision) = (50, 1e-9)

    /// The fit.
    ///
    /// - Parameters:
    ///   - samples: judged alerts, all with as many features.
    ///   - prior: weights to start from, the bias last: one more than there are features.
    init(_ samples: [Sample], prior: [Double]) {
        weights = prior
        for _ in 0..<Self.steps {
            guard let step = Self.step(samples, weights, prior) else { return }
            for index in weights.indices { weights[index] -= step[index] }
            if step.allSatisfy({ abs($0) < Self.precision }) { return }
        }
    }

    /// How likely a sample is confirmed.
    static func share(_ weights: [Double], _ features: [Double]) -> Double {
        let bias = weights.last ?? 0
        let logit = zip(weights, features).reduce(bias) { $0 + $1.0 * $1.1 }
        return SiteLayer.logistic(logit)
    }

    /// Mean of minus the logarithm of the share given to what happened.
    static func loss(_ outcomes: [(isConfirmed: Bool, share: Double)]) -> Double {
        let sum = outcomes.reduce(0.0) { sum, outcome in
            sum - log(max(1e-12, outcome.isConfirmed ? outcome.share : 1 - outcome.share))
        }
        return sum / Double(max(1, outcomes.count))
    }

    /// Newton's step: the curvature's inverse times the slope.
    private static func step(
        _ samples: [Sample],
        _ weights: [Double],
        _ prior: [Double]
    ) -> [Double]? {
        let count = weights.count
        var slope = [Double](repeating: 0, count: count)
        var curvature = [Double](repeating: 0, count: count * count)
        for index in 0..<count {
            let hold = index == count - 1 ? biasHold : hold
            slope[index] = hold * (weights[index] - prior[index])
            curvature[index * count + index] = hold
        }
        for sample in samples {
            let inputs = sample.features + [1]
            let share = share(weights, sample.features)
            let miss = share - (sample.isConfirmed ? 1 : 0)
            let spread = share * (1 - share)
            for row in 0..<count {
                slope[row] += miss * inputs[row]
                let part = spread * inputs[row]
                guard part != 0 else { continue }
                for column in 0...row { curvature[row * count + column] += part * inputs[column] }
            }
        }
        return solve(curvature, slope)
    }

    /// Solves a symmetric positive definite system, of which the lower half is given, by Cholesky's
    /// method; nil where it is none.
    private static func solve(_ matrix: [Double], _ right: [Double]) -> [Double]? {
        let count = right.count
        var lower = matrix
        for row in 0..<count {
            for column in 0...row {
                var sum = lower[row * count + column]
                for k in 0..<column { sum -= lower[row * count + k] * lower[column * count + k] }
                if row == column {
                    guard sum > 0 else { return nil }
                    lower[row * count + row] = sum.squareRoot()
                } else {
                    lower[row * count + column] = sum / lower[column * count + column]
                }
            }
        }
        var result = right
        for row in 0..<count {
            for k in 0..<row { result[row] -= lower[row * count + k] * result[k] }
            result[row] /= lower[row * count + row]
        }
        for row in stride(from: count - 1, through: 0, by: -1) {
            for k in (row + 1)..<count { result[row] -= lower[k * count + row] * result[k] }
            result[row] /= lower[row * count + row]
        }
        return result
    }
}
