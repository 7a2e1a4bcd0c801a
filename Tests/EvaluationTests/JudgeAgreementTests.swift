import Foundation
import Testing

@testable import Evaluation

/// Holds the matcher to the verdicts that another implementation of the same rule, in another
/// language, gave on generated truths and alerts.
@Suite struct JudgeAgreementTests {
    private struct Cases: Decodable {
        var cases: [Case]
    }

    private struct Case: Decodable {
        var truth: Truth
        var alerts: [ScoredAlert]
        var expected: Expected
    }

    private struct Expected: Decodable {
        var found: Int
        var missed: Int
        var wrong: Int
        var repeated: Int
        var ignored: Int
        var late: Int
        var verdicts: [String]
        var startError: Double?
        var delay: Double?

        enum CodingKeys: String, CodingKey {
            case found = "tp"
            case missed = "fn"
            case wrong = "fp"
            case repeated = "dup"
            case ignored = "ign"
            case late
            case verdicts
            case startError = "start_err"
            case delay
        }
    }

    private func cases() throws -> [Case] {
        let file = try #require(
            Bundle.module.url(forResource: "Fixtures/judge-cases", withExtension: "json")
        )
        return try JSONDecoder().decode(Cases.self, from: Data(contentsOf: file)).cases
    }

    private func judgeName(_ verdict: Verdict) -> String {
        switch verdict {
        case .truePositive: "TP"
        case .duplicate: "dup"
        case .ignored: "ignored"
        case .falsePositive: "FP"
        case .late: "FP-late"
        }
    }

    @Test("Every generated case gets the verdicts that the judge gives")
    func agrees() throws {
        let cases = try cases()
        #expect(cases.count == 400)
        for (index, one) in cases.enumerated() {
            let result = AlertMatcher.match(truth: one.truth, alerts: one.alerts)
            let score = MatchScore(result, of: one.truth)
            let expected = one.expected
            let name: Comment = "case \(index)"
            #expect(result.decisions.map { judgeName($0.verdict) } == expected.verdicts, name)
            #expect(score.truePositives == expected.found, name)
            #expect(score.falseNegatives == expected.missed, name)
            #expect(score.falsePositives == expected.wrong, name)
            #expect(score.duplicates == expected.repeated, name)
            #expect(score.ignored == expected.ignored, name)
            #expect(score.late == expected.late, name)
            #expect(score.startErrorMedian == expected.startError, name)
            #expect(score.delayMedian == expected.delay, name)
        }
    }
}
