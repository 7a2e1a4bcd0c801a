public import Detection

/// Fits a site's layer to what its dispatchers made of its alerts, and decides by alerts held out
/// whether it may take the place of the present one.
public struct SiteAdaptation: Sendable {
    /// An alert with its verdict.
    public struct Judged: Hashable, Sendable {
        /// Names the alert.
        public var id: String
        /// What its object was like, in the order of the features.
        public var features: [Double]
        /// Whether the dispatchers confirmed it.
        public var isConfirmed: Bool

        /// An alert with its verdict.
        public init(id: String, features: [Double], isConfirmed: Bool) {
            self.id = id
            self.features = features
            self.isConfirmed = isConfirmed
        }
    }

    /// How a layer does on alerts that it was not fitted to.
    public struct Figures: Hashable, Sendable, Codable {
        /// Mean of minus the logarithm of the share given to what the dispatchers said.
        public var loss: Double
        /// How often a confirmed alert got a greater share than a rejected one, 0 to 1.
        public var ranking: Double
        /// Confirmed alerts that it would have held back.
        public var confirmedHeldBack: Int
        /// Rejected alerts that it would have held back.
        public var rejectedHeldBack: Int
    }

    /// What may come of it.
    public enum Decision: Hashable, Sendable {
        /// The new layer may take the place of the present one.
        case replace(SiteLayer)
        /// The present one stays.
        case keep(because: String)
    }

    /// Judged alerts of each kind that there must be.
    public static let fewest = 10
    /// Parts that take turns in being held out.
    static let folds = 5
    /// Share of confirmed alerts that a new layer may hold back.
    static let mostHeldBack = 0.02
    /// How much better it must be, in the mean logarithm.
    static let leastGain = 0.01

    /// Alerts that were confirmed.
    public let confirmed: Int
    /// Alerts that were rejected.
    public let rejected: Int
    /// How the present layer does on these alerts; nil where there are too few.
    public private(set) var present: Figures?
    /// How layers fitted to the others do on each of them; nil where there are too few.
    public private(set) var fitted: Figures?
    /// What is to be done.
    public private(set) var decision: Decision

    /// Weighs a new layer.
    ///
    /// - Parameters:
    ///   - alerts: judged alerts, each once; the order does not matter.
    ///   - layer: the present layer, with as many weights as the alerts have features.
    public init(alerts: [Judged], present layer: SiteLayer) {
        let ordered = alerts.sorted { $0.id < $1.id }
        confirmed = ordered.count(where: \.isConfirmed)
        rejected = ordered.count - confirmed
        guard min(confirmed, rejected) >= Self.fewest else {
            decision = .keep(
                because: "\(confirmed) confirmed and \(rejected) rejected alerts are too few; "
                    + "\(Self.fewest) of each are needed"
            )
            return
        }
        let samples = ordered.map {
            LogisticFit.Sample(features: $0.features, isConfirmed: $0.isConfirmed)
        }
        let prior = layer.weights + [layer.bias]
        let old = samples.map { LogisticFit.share(prior, $0.features) }
        let new = Self.heldOut(samples, prior: SiteLayer.prior(features: layer.weights.count))
        let (before, after) = (Figures(samples, old), Figures(samples, new))
        present = before
        fitted = after
        if let reason = Self.objection(before, after, confirmed: confirmed) {
            decision = .keep(because: reason)
            return
        }
        let fit = LogisticFit(samples, prior: SiteLayer.prior(features: layer.weights.count))
        decision = .replace(
            SiteLayer(
                number: layer.number + 1,
                model: layer.model,
                weights: Array(fit.weights.dropLast()),
                bias: fit.weights.last ?? 0
            )
        )
    }

    /// What each alert gets from a layer that was fitted without it.
    private static func heldOut(_ samples: [LogisticFit.Sample], prior: [Double]) -> [Double] {
        // Each kind is dealt out by itself, so that every part has some of both.
        var counts = [true: 0, false: 0]
        let parts = samples.map { sample in
            let number = counts[sample.isConfirmed, default: 0]
            counts[sample.isConfirmed] = number + 1
            return number % folds
        }
        var shares = [Double](repeating: 0, count: samples.count)
        for part in 0..<folds {
            let known = zip(samples, parts).filter { $0.1 != part }.map(\.0)
            let fit = LogisticFit(known, prior: prior)
            for index in samples.indices where parts[index] == part {
                shares[index] = LogisticFit.share(fit.weights, samples[index].features)
            }
        }
        return shares
    }

    /// Why a new layer must not take the place of the present one; nil where it may.
    private static func objection(
        _ before: Figures,
        _ after: Figures,
        confirmed: Int
    ) -> String? {
        let allowed = Int(Double(confirmed) * mostHeldBack)
        if after.confirmedHeldBack > max(allowed, before.confirmedHeldBack) {
            return "it would hold back \(after.confirmedHeldBack) of \(confirmed) confirmed alerts"
        }
        if after.loss > before.loss - leastGain {
            return "it is no better on alerts held out than the present one"
        }
        return nil
    }
}

extension SiteAdaptation.Figures {
    init(_ samples: [LogisticFit.Sample], _ shares: [Double]) {
        let pairs = zip(samples, shares).map { (isConfirmed: $0.isConfirmed, share: $1) }
        let (good, bad) = (pairs.filter(\.isConfirmed), pairs.filter { !$0.isConfirmed })
        loss = LogisticFit.loss(pairs)
        var wins = 0.0
        for one in good {
            for other in bad {
                wins += one.share > other.share ? 1 : one.share == other.share ? 0.5 : 0
            }
        }
        ranking = wins / Double(max(1, good.count * bad.count))
        confirmedHeldBack = good.count { $0.share < SiteLayer.leastAcceptance }
        rejectedHeldBack = bad.count { $0.share < SiteLayer.leastAcceptance }
    }
}

extension SiteLayer {
    /// The weights as shipped, the bias last.
    static func prior(features: Int) -> [Double] {
        let shipped = shipped(model: "", features: features)
        return shipped.weights + [shipped.bias]
    }
}
