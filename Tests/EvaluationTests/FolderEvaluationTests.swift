import Foundation
import Rules
import Scene
import Site
import Synchronization
import Testing

@testable import Evaluation

@Suite struct FolderEvaluationTests {
    /// A folder of clips' truths without videos, taken away at the end.
    private final class Place {
        let root = FileManager.default.temporaryDirectory.appending(
            path: "evaluation-\(UUID().uuidString)"
        )

        var output: URL { root.appending(path: "results") }

        deinit {
            try? FileManager.default.removeItem(at: root)
        }

        func add(_ name: String, _ truth: String) throws -> URL {
            let folder = root.appending(path: name)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(truth.utf8).write(to: folder.appending(path: "truth.json"))
            return folder
        }

        func text(_ path: String) throws -> String {
            try String(contentsOf: output.appending(path: path), encoding: .utf8)
        }
    }

    private struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    private let street = """
        {"video": "street.mp4", "width": 200, "height": 100, "duration_s": 40,
         "zones": [{"id": "kerb", "kind": "no_parking", "dwell_s": 5,
                    "polygon": [[0, 0], [200, 0], [200, 100]]}],
         "events": [{"zone": "kerb", "kind": "no_parking", "start_s": 10, "end_s": 40,
                     "bbox": [50, 25, 20, 10], "note": "a van"},
                    {"zone": "kerb", "kind": "no_parking", "start_s": 20, "end_s": 40,
                     "bbox": [150, 75, 20, 10]}]}
        """

    private func incident(at seconds: Double, x: Double) -> Incident {
        Incident(
            number: 1,
            revision: 1,
            phase: .opened,
            zone: ZoneID(rawValue: "kerb"),
            kind: .noParking,
            severity: .warning,
            object: Observation(
                id: ObjectID(rawValue: 1),
                mobility: .static,
                box: NormalizedBox(x: x, y: 0.25, width: 0.1, height: 0.1),
                since: MediaTime(seconds: 9.5),
                classification: Classification(.vehicle, confidence: 1)
            ),
            startedAt: MediaTime(seconds: 9.5),
            time: MediaTime(seconds: seconds)
        )
    }

    /// Finds the first event and a thing that is none in every video but `bad.mp4`.
    private var analyse: FolderEvaluation.Analyse {
        let opened = [incident(at: 15.25, x: 1.0 / 3), incident(at: 16, x: 0.8)]
        return { video, camera in
            guard video.lastPathComponent != "bad.mp4" else {
                throw Broken(description: "no video")
            }
            guard camera.zones.map(\.dwell) == [.seconds(5)] else {
                throw Broken(description: "rules")
            }
            return .init(opened: opened, duration: .seconds(40), cpuSeconds: 0.25)
        }
    }

    @Test("Alerts are written in lines that the judge reads, boxes in pixels")
    func writesAlerts() throws {
        let place = Place()
        let folder = try place.add("street", street)
        let report = try FolderEvaluation.run(
            folders: [folder],
            output: place.output,
            workers: 1,
            analyse: analyse
        )
        #expect(
            try place.text("street/alerts.jsonl") == """
                {"box":[66.67,25,20,10],"kind":"no_parking","start_t":9.5,"t":15.25,"zone":"kerb"}
                {"box":[160,25,20,10],"kind":"no_parking","start_t":9.5,"t":16,"zone":"kerb"}

                """
        )
        let total = report.total
        #expect(total.truePositives == 1 && total.falseNegatives == 1 && total.falsePositives == 1)
        #expect(total.startErrorMedian == 0.5 && total.delayMedian == 0.25)
        #expect(report.perKind == ["no_parking": total])
        #expect(report.cpuSeconds == 0.25 && report.mediaSeconds == 40)
    }

    @Test("Every decision and every missed event has a line")
    func writesDecisions() throws {
        let place = Place()
        _ = try FolderEvaluation.run(
            folders: [try place.add("street", street)],
            output: place.output,
            workers: 1,
            analyse: analyse
        )
        let lines = try place.text("street/decisions.jsonl").split(separator: "\n").map {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
        #expect(
            lines.map { $0?["verdict"] as? String } == ["truePositive", "falsePositive", "missed"]
        )
        #expect(lines[0]?["delay"] as? Double == 0.25)
        #expect((lines[0]?["event"] as? [String: Any])?["note"] as? String == "a van")
        #expect((lines[2]?["event"] as? [String: Any])?["start_s"] as? Double == 20)
    }

    @Test("A folder that fails is reported, and the others are evaluated all the same")
    func survivesBrokenFolders() throws {
        let place = Place()
        let folders = [
            place.root.appending(path: "missing"),
            try place.add("no-json", "{"),
            try place.add("bad-video", street.replacing("street.mp4", with: "bad.mp4")),
            try place.add(
                "bad-kind",
                street.replacing("\"kerb\", \"kind\": \"no_", with: "\"kerb\", \"kind\": \"yes_")
            ),
            try place.add("street", street),
        ]
        let told = Mutex<[String: String]>([:])
        let report = try FolderEvaluation.run(
            folders: folders,
            output: place.output,
            workers: 2,
            analyse: analyse
        ) { progress in
            told.withLock { $0[progress.name] = progress.failure ?? "" }
        }
        #expect(report.clips.map(\.name) == ["street"])
        #expect(
            report.failures.map(\.name) == ["missing", "no-json", "bad-video", "bad-kind"]
        )
        let messages = report.failures.map(\.message)
        #expect(messages[0].contains("missing/truth.json: cannot be read"))
        #expect(messages[1].contains("no-json/truth.json: is not JSON"))
        #expect(messages[2].hasSuffix("bad-video/bad.mp4: cannot be analysed: no video"))
        #expect(messages[3].contains("bad-kind/truth.json: zones[0].kind: yes_parking"))
        #expect(told.withLock { $0.count } == 5)
        #expect(told.withLock { $0["street"] } == "")
        let written = try JSONSerialization.jsonObject(
            with: Data(place.text("report.json").utf8)
        )
        let failures = (written as? [String: Any])?["failures"] as? [[String: String]]
        #expect(failures?.count == 4)
    }

    @Test("A clip that fails shows no results of an earlier run")
    func removesOldResults() throws {
        let place = Place()
        let folder = try place.add("street", street)
        func run() throws -> EvaluationReport {
            try FolderEvaluation.run(
                folders: [folder],
                output: place.output,
                workers: 1,
                analyse: analyse
            )
        }
        _ = try run()
        try Data("{".utf8).write(to: folder.appending(path: "truth.json"))
        #expect(try run().failures.count == 1)
        #expect(throws: (any Error).self) { try place.text("street/alerts.jsonl") }
        #expect(throws: (any Error).self) { try place.text("street/decisions.jsonl") }
    }

    @Test("The same files come out of one worker and of four")
    func isDeterministic() throws {
        let place = Place()
        let folders = try (1...6).map { try place.add("clip\($0)", street) }
        func alerts(workers: Int) throws -> [String] {
            let report = try FolderEvaluation.run(
                folders: folders,
                output: place.output,
                workers: workers,
                analyse: analyse
            )
            #expect(report.clips.map(\.name) == (1...6).map { "clip\($0)" })
            return try (1...6).flatMap { index in
                try ["alerts", "decisions"].map { try place.text("clip\(index)/\($0).jsonl") }
            }
        }
        #expect(try alerts(workers: 1) == alerts(workers: 4))
    }

    @Test("A result folder that cannot be made is an error that names it")
    func refusesUnwritableOutput() throws {
        let place = Place()
        let folder = try place.add("street", street)
        let file = folder.appending(path: "truth.json")
        #expect {
            try FolderEvaluation.run(
                folders: [folder],
                output: file,
                workers: 1,
                analyse: analyse
            )
        } throws: { error in
            (error as? EvaluationError)?.code == .writeFailed
                && "\(error)".contains("truth.json/report.json")
        }
    }

    @Test("Folders of the same name are told apart by the folder that they are in")
    func namesTwins() {
        func names(_ paths: String...) -> [String] {
            ClipNames.names(of: paths.map { URL(fileURLWithPath: $0) })
        }
        #expect(names("/a/street", "/a/river") == ["street", "river"])
        #expect(names("/a/street", "/b/street", "/b/river") == ["a-street", "b-street", "river"])
        #expect(names("/x/a/street", "/y/a/street/") == ["x-a-street", "y-a-street"])
        #expect(names("/a/b/street", "/c/b-street", "/b/street").count == 3)
        #expect(Set(names("/a/b/street", "/c/b-street", "/c/b/street")).count == 3)
        #expect(names("/street", "/a/street") == ["street", "a-street"])
    }

    @Test("A folder that is given twice is evaluated once")
    func dropsRepeats() throws {
        let place = Place()
        let folder = try place.add("street", street)
        let again = place.root.appending(path: "other/../street/")
        let report = try FolderEvaluation.run(
            folders: [folder, again],
            output: place.output,
            workers: 2,
            analyse: analyse
        )
        #expect(report.clips.map(\.name) == ["street"])
    }
}
