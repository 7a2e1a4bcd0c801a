import Foundation
import Testing

@testable import Evaluation

@Suite struct EvaluationReportTests {
    private func score(
        _ found: Int,
        missed: Int = 0,
        wrong: Int = 0,
        delays: [Double] = [],
        seconds: Double = 0
    ) -> MatchScore {
        var score = MatchScore()
        score.truePositives = found
        score.falseNegatives = missed
        score.falsePositives = wrong
        score.delays = delays
        score.seconds = seconds
        return score
    }

    private var report: EvaluationReport {
        let street = score(3, missed: 1, wrong: 1, delays: [0.5, 4, 1], seconds: 90)
        let river = score(0, seconds: 30)
        return EvaluationReport(
            clips: [
                .init(
                    name: "street",
                    score: street,
                    perKind: ["no_parking": street],
                    mediaSeconds: 90,
                    wallSeconds: 3,
                    cpuSeconds: 2.5
                ),
                .init(
                    name: "river",
                    score: river,
                    perKind: ["water_danger": river],
                    mediaSeconds: 30,
                    wallSeconds: 1,
                    cpuSeconds: 0.5
                ),
            ],
            failures: [.init(name: "broken", message: "broken/truth.json: video: is missing")],
            wallSeconds: 3
        )
    }

    @Test("Precision, recall and F1 follow from the counts")
    func computesRates() {
        let score = score(3, missed: 1, wrong: 2)
        #expect(score.precision == 0.6)
        #expect(score.recall == 0.75)
        #expect(score.f1 == 6.0 / 9)
    }

    @Test("Rates of nothing are not defined")
    func leavesRatesOpen() {
        let nothing = MatchScore()
        #expect(nothing.precision == nil && nothing.recall == nil && nothing.f1 == nil)
        #expect(nothing.startErrorMedian == nil && nothing.delayMedian == nil)
        #expect(nothing.falsePerHour == nil)
        #expect(score(0, missed: 2).f1 == 0)
    }

    @Test("The median of an even number of values is the mean of the middle two")
    func computesMedians() {
        #expect(score(0, delays: [5, 1, 2]).delayMedian == 2)
        #expect(score(0, delays: [5, 1, 2, 4]).delayMedian == 3)
    }

    @Test("Scores of a kind count only alerts and events of that kind")
    func splitsKinds() {
        let zones = ["no_parking", "fire_lane"].map {
            Truth.Zone(id: $0, kind: $0, polygon: [], dwell: 0)
        }
        let truth = Truth(
            video: "v.mp4",
            width: 64,
            height: 36,
            duration: 1800,
            zones: zones,
            events: ["no_parking", "fire_lane"].map {
                Truth.Event(zone: $0, kind: $0, start: 10, end: 20)
            }
        )
        let result = AlertMatcher.match(
            truth: truth,
            alerts: [
                ScoredAlert(zone: "no_parking", kind: "no_parking", time: 10),
                ScoredAlert(zone: "fire_lane", kind: "fire_lane", time: 700),
            ]
        )
        let all = MatchScore(result, of: truth)
        let parking = MatchScore(result, of: truth, kind: "no_parking")
        let lane = MatchScore(result, of: truth, kind: "fire_lane")
        #expect(all.truePositives == 1 && all.falsePositives == 1 && all.falseNegatives == 1)
        #expect(parking.truePositives == 1 && parking.falsePositives == 0)
        #expect(parking.falseNegatives == 0 && lane.falseNegatives == 1)
        #expect(lane.falsePerHour == 2)
    }

    @Test("An emergency counts from the moment somebody goes under to fifteen seconds later")
    func vanishings() {
        func score(_ times: [Double], at start: Double = 11) -> MatchScore {
            let truth = Truth(
                video: "v.mp4",
                width: 64,
                height: 36,
                duration: 60,
                zones: [Truth.Zone(id: "pond", kind: "water_danger", polygon: [], dwell: 2)],
                events: [
                    Truth.Event(
                        zone: "pond",
                        kind: "water_danger",
                        start: 10,
                        end: 60,
                        vanishes: 30
                    )
                ]
            )
            var alert = ScoredAlert(zone: "pond", kind: "water_danger", time: start)
            alert.vanished = times
            return MatchScore(AlertMatcher.match(truth: truth, alerts: [alert]), of: truth)
        }
        #expect(score([34]).vanishingsFound == 1 && score([34]).falseEmergencies == 0)
        #expect(score([45]).vanishingsFound == 1 && score([45.5]).vanishingsFound == 0)
        #expect(score([20, 34]).vanishingsFound == 1 && score([20, 34]).falseEmergencies == 1)
        #expect(score([]).vanishings == 1 && score([]).vanishingsFound == 0)
        // An alert that belongs to no event tells of nobody.
        #expect(score([34], at: 2).falseEmergencies == 1)
        var both = score([34])
        both += score([20])
        #expect(both.vanishings == 2 && both.vanishingsFound == 1 && both.falseEmergencies == 1)
    }

    @Test("Totals pool the counts and the medians of all clips")
    func addsUp() {
        #expect(report.total == score(3, missed: 1, wrong: 1, delays: [0.5, 4, 1], seconds: 120))
        #expect(report.total.falsePerHour == 30)
        #expect(report.perKind["no_parking"]?.hours == 0.025)
    }

    @Test("The report is written with the keys that readers know")
    func writesJSON() throws {
        let json = try JSONSerialization.jsonObject(with: report.json()) as? [String: Any]
        #expect(Set(try #require(json).keys) == ["clips", "total", "perKind", "failures"])
        let clips = try #require(json?["clips"] as? [[String: Any]])
        #expect(clips.compactMap { $0["name"] as? String } == ["street", "river"])
        #expect(
            Set(clips[0].keys) == [
                "name", "truePositives", "falseNegatives", "falsePositives", "duplicates",
                "ignored", "late", "vanishings", "vanishingsFound", "falseEmergencies", "precision",
                "recall", "f1", "startErrorMedian",
                "delayMedian", "falsePerHour", "hours", "speed", "cpuSeconds",
            ]
        )
        #expect(clips[0]["truePositives"] as? Int == 3)
        #expect(clips[0]["speed"] as? Double == 30)
        #expect(clips[1]["f1"] is NSNull)
        let total = try #require(json?["total"] as? [String: Any])
        #expect(total["f1"] as? Double == 0.75)
        #expect(total["speed"] as? Double == 40)
        #expect(total["cpuSeconds"] as? Double == 3)
        let kinds = try #require(json?["perKind"] as? [String: [String: Any]])
        #expect(kinds["no_parking"]?["falsePositives"] as? Int == 1)
    }

    @Test("The table has a line a clip, a line a kind and the total, in columns")
    func drawsTable() {
        let expected = """
            clip          TP  FN  FP  dup  ign  late      P      R     F1  |start|  delay  FP/h   hours  speed
            --------------------------------------------------------------------------------------------------
            street         3   1   1    0    0     0  0.750  0.750  0.750        -   1.00  40.0  0.0250  30.0x
            river          0   0   0    0    0     0      -      -      -        -      -   0.0  0.0083  30.0x
            --------------------------------------------------------------------------------------------------
            no_parking     3   1   1    0    0     0  0.750  0.750  0.750        -   1.00  40.0  0.0250      -
            water_danger   0   0   0    0    0     0      -      -      -        -      -   0.0  0.0083      -
            --------------------------------------------------------------------------------------------------
            TOTAL          3   1   1    0    0     0  0.750  0.750  0.750        -   1.00  30.0  0.0333  40.0x

            """
        #expect(EvaluationTable(report).description == expected)
    }
}
