import Foundation
import Rules
import Scene
import Testing

@testable import Evaluation

/// Counts, tables and the place and time of disturbances.
@Suite struct RobustnessReportTests {
    private let alert = ScoredAlert(
        zone: "kerb",
        kind: "no_parking",
        time: 20,
        start: 10,
        box: ImageBox(x: 1, y: 2, width: 3, height: 4)
    )

    private var report: RobustnessReport {
        var report = RobustnessReport(disturbances: [.gain, .gap])
        report.clips = [
            RobustnessReport.Clip(
                name: "gate",
                moment: 15,
                undisturbed: [alert],
                cases: [
                    .init(.gain, .init(kept: [alert])),
                    .init(.gap, .init(lost: [alert], new: [alert])),
                ]
            ),
            RobustnessReport.Clip(
                name: "quiet",
                moment: 9,
                undisturbed: [],
                cases: [.init(.gain, .init()), .init(.gap, .init())]
            ),
        ]
        return report
    }

    @Test("Shares count alerts and cases, and nothing at all is all the same")
    func shares() {
        let all = report.tally()
        #expect(all.events == 2 && all.kept == 1 && all.lost == 1 && all.new == 1)
        #expect(all.cases == 4 && all.equalCases == 3 && all.caseShare == 0.75)
        #expect(abs(all.eventShare - 1.0 / 3) < 1e-9)
        #expect(report.tally(of: .gain).eventShare == 1)
        #expect(RobustnessReport.Tally().eventShare == 1)
    }

    @Test("A share below a bound never reads as the bound")
    func percentages() {
        #expect(RobustnessReport.percent(0.94999) == "94.9 %")
        #expect(RobustnessReport.percent(1) == "100.0 %")
    }

    @Test("Every alert that changed has its line, and the tables name clip and disturbance")
    func lines() throws {
        #expect(
            report.clips[0].changes == [
                "lost   gate gap kerb at 20.0 s, since 10.0 s [1, 2, 3, 4]",
                "new    gate gap kerb at 20.0 s, since 10.0 s [1, 2, 3, 4]",
            ]
        )
        #expect(report.clips[1].changes.isEmpty)
        #expect(report.markdown.contains("| gain ramp to ×1.5 | 1 | 1 | 0 | 0 | 0 | 100.0 % |"))
        #expect(report.markdown.contains("| gate | 1 | 15.0 s | gap |"))
        #expect(report.text.split(separator: "\n").count == 4)
        let json = String(decoding: try report.json(), as: UTF8.self)
        #expect(json.contains("\"disturbance\" : \"gap\""))
    }

    @Test("A table replaces what stands between its marks, and nothing else")
    func marks() throws {
        try Recoding.inTemporaryFolder { folder in
            let file = folder.appending(path: "table.md")
            try MarkedSection.write("first\n", into: file)
            let alone = try String(contentsOf: file, encoding: .utf8)
            try Data("above\n\(alone)below\n".utf8).write(to: file)
            try MarkedSection.write("second\n", into: file)
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.hasPrefix("above\n") && text.hasSuffix("below\n"))
            #expect(text.contains("second") && !text.contains("first"))
            try Data("no marks\n".utf8).write(to: file)
            #expect(throws: EvaluationError.self) {
                try MarkedSection.write("third\n", into: file)
            }
        }
    }

    private func truth(events: [Truth.Event]) -> Truth {
        let corners = [(0, 100), (640, 100), (640, 360), (0, 360)]
        let zone = Truth.Zone(
            id: "kerb",
            kind: "no_parking",
            polygon: corners.map { Truth.Corner(x: Double($0.0), y: Double($0.1)) },
            dwell: 10
        )
        return Truth(
            video: "v.mp4",
            width: 640,
            height: 360,
            duration: 60,
            zones: [zone],
            events: events
        )
    }

    @Test("Disturbances begin in the middle of the first event's dwell, at its object")
    func staging() throws {
        let box = ImageBox(x: 64, y: 180, width: 64, height: 36)
        let truth = truth(events: [
            .init(zone: "kerb", kind: "no_parking", start: 30, end: 60),
            .init(zone: "kerb", kind: "no_parking", start: 12, end: 60, box: box),
            .init(zone: "water", kind: "water_danger", start: 2, end: 60),
        ])
        let rules = try truth.rules()
        let staging = Staging(truth: truth, rules: rules, end: MediaTime(seconds: 60))
        #expect(staging.moment.seconds == 17)
        #expect(staging.object == NormalizedBox(x: 0.1, y: 0.5, width: 0.1, height: 0.1))
        let person = staging.passerby(width: 480, height: 270)
        #expect(abs(person.stand.x - 72) < 0.01 && abs(person.height - 54) < 0.01)
        #expect(staging.shadow().bounds.center.x > 0.8)
        #expect(staging.shadow().area > 0.13)
    }

    @Test("Without events they begin in the middle of the clip and of the zone")
    func stagingWithoutEvents() throws {
        let truth = truth(events: [])
        let rules = try truth.rules()
        let staging = Staging(truth: truth, rules: rules, end: MediaTime(seconds: 60))
        #expect(staging.moment.seconds == 30 && staging.object == nil)
        #expect(staging.passerby(width: 480, height: 270).stand.x == 240)
    }
}
