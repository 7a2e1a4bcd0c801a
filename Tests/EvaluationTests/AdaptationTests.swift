import Detection
import Testing

@testable import Evaluation

@Suite struct AdaptationTests {
    /// Alerts of a site where what is wide and low is a shadow: the first feature tells, the others
    /// are noise.
    private static func alerts(
        _ confirmed: Int,
        _ rejected: Int,
        gap: Double = 2,
        seed: UInt64 = 1
    ) -> [SiteAdaptation.Judged] {
        var state = seed
        func noise() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 33) / Double(1 << 31) * 2 - 1
        }
        return (0..<(confirmed + rejected)).map { index in
            let isConfirmed = index < confirmed
            let features = [isConfirmed ? gap / 2 : -gap / 2] + (0..<20).map { _ in 0 }
            return SiteAdaptation.Judged(
                id: "alert-\(index * 7919 % 1000)-\(index)",
                features: features.map { $0 + 0.5 * noise() },
                isConfirmed: isConfirmed
            )
        }
    }

    private static let shipped = SiteLayer.shipped(model: "own-1", features: 21)

    @Test("Where the dispatchers' verdicts can be told from the features, a layer learns them")
    func learns() throws {
        let adaptation = SiteAdaptation(alerts: Self.alerts(60, 60), present: Self.shipped)
        guard case .replace(let layer) = adaptation.decision else {
            Issue.record("\(adaptation.decision)")
            return
        }
        #expect(layer.number == 1)
        #expect(layer.model == "own-1")
        #expect(try #require(adaptation.fitted).ranking > 0.95)
        #expect(try #require(adaptation.fitted).rejectedHeldBack > 20)
        #expect(try #require(adaptation.fitted).confirmedHeldBack <= 1)
        #expect(abs(layer.weights[0]) > 3 * layer.weights.dropFirst().map(abs).reduce(0, max))
    }

    @Test("Verdicts that the features say nothing of change nothing")
    func refuses() {
        let alerts = Self.alerts(40, 12, gap: 0)
        let adaptation = SiteAdaptation(alerts: alerts, present: Self.shipped)
        if case .replace = adaptation.decision {
            // The share of rejected alerts alone may be learned, but nothing is held back by it.
            #expect(adaptation.fitted?.confirmedHeldBack == 0)
            #expect(adaptation.fitted?.rejectedHeldBack == 0)
        }
    }

    @Test("Fewer than ten alerts of a kind teach nothing", arguments: [(9, 50), (50, 9), (0, 0)])
    func tooFew(confirmed: Int, rejected: Int) {
        let adaptation = SiteAdaptation(
            alerts: Self.alerts(confirmed, rejected),
            present: Self.shipped
        )
        guard case .keep(let reason) = adaptation.decision else {
            Issue.record("a layer was fitted")
            return
        }
        #expect(reason.contains("\(confirmed) confirmed and \(rejected) rejected"))
        #expect(adaptation.fitted == nil)
    }

    @Test("A second fit to the same verdicts is no better and changes nothing")
    func settles() {
        let alerts = Self.alerts(60, 60)
        let first = SiteAdaptation(alerts: alerts, present: Self.shipped)
        guard case .replace(let layer) = first.decision else {
            Issue.record("\(first.decision)")
            return
        }
        let second = SiteAdaptation(alerts: alerts, present: layer)
        #expect(
            second.decision
                == .keep(because: "it is no better on alerts held out than the present one")
        )
    }

    @Test("The order of the alerts does not matter")
    func order() {
        let alerts = Self.alerts(30, 30)
        let one = SiteAdaptation(alerts: alerts, present: Self.shipped)
        let other = SiteAdaptation(alerts: alerts.reversed(), present: Self.shipped)
        #expect(one.decision == other.decision)
    }

    @Test("The fit is where the slope of its cost is nothing")
    func optimum() {
        let samples = Self.alerts(15, 12).map {
            LogisticFit.Sample(features: $0.features, isConfirmed: $0.isConfirmed)
        }
        let prior = [Double](repeating: 0.1, count: 22)
        let fit = LogisticFit(samples, prior: prior)
        for index in fit.weights.indices {
            let hold = index == 21 ? LogisticFit.biasHold : LogisticFit.hold
            var slope = hold * (fit.weights[index] - prior[index])
            for sample in samples {
                let input = index == 21 ? 1 : sample.features[index]
                let miss =
                    LogisticFit.share(fit.weights, sample.features)
                    - (sample.isConfirmed ? 1 : 0)
                slope += miss * input
            }
            #expect(abs(slope) < 1e-6)
        }
    }
}
