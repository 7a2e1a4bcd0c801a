import Foundation
import Testing

/// `patrol tune explain` on the sample streams.
@Suite struct ExplainTests {
    private struct Answer: Decodable {
        struct Conclusion: Decodable {
            var isAlert: Bool
            var failedTest: String?
            var text: String
        }

        struct Test: Decodable {
            var name: String
            var held: Bool
            var value: Double?
            var limit: Double?
        }

        struct Subject: Decodable {
            var id: Int
            var tests: [Test]
            var incident: Int?
        }

        struct Zone: Decodable {
            var id: String
            var objects: [Subject]
        }

        struct Event: Decodable {
            var seconds: Double
            var topic: String
        }

        var seconds: Double
        var zones: [Zone]
        var timeline: [Event]
        var conclusion: Conclusion
    }

    private let folder: Folder

    init() throws {
        folder = try Folder()
    }

    private func run(_ scene: String, _ arguments: String...) throws -> Patrol.Result {
        try run(scene, arguments)
    }

    private func run(_ scene: String, _ arguments: [String]) throws -> Patrol.Result {
        let site = try Fixtures.sample("site.yaml")
        let video = try Fixtures.sample("\(scene).mp4")
        return try Patrol.run(
            ["tune", "explain", "--site", site, video] + arguments,
            in: folder
        )
    }

    private func answer(_ result: Patrol.Result) throws -> Answer {
        try #require(result.status == 0, "\(result.errors)")
        return try JSONDecoder().decode(Answer.self, from: Data(result.output.utf8))
    }

    @Test("An alert is explained by its incident's number: every test held, and what came before")
    func incident() throws {
        let answer = try answer(run("parked_car", "--alert", "1", "--json"))
        #expect(answer.conclusion.isAlert)
        #expect(answer.conclusion.failedTest == nil)
        let subject = try #require(answer.zones.first?.objects.first)
        #expect(subject.incident == 1)
        let failed = subject.tests.filter { !$0.held }
        #expect(failed.isEmpty)
        let dwell = try #require(subject.tests.first { $0.name == "dwell" })
        #expect(dwell.limit == 10)
        #expect(try #require(dwell.value) >= 10)
        #expect(answer.timeline.contains { $0.topic == "incident" })
        #expect(answer.timeline.contains { $0.topic == "object" && $0.seconds < 15 })
        let seconds = answer.timeline.map(\.seconds)
        #expect(seconds == seconds.sorted())
    }

    @Test("An alert of a folder is found by how its id begins, with or without the queue")
    func alertOfFolder() throws {
        let site = try Fixtures.sample("site.yaml")
        let video = try Fixtures.sample("parked_car.mp4")
        let score = ["score", "--site", site, "--output", "out", video]
        #expect(try Patrol.run(score, in: folder).status == 0)
        let line = try #require(folder.text("out/alerts.jsonl").split(separator: "\n").first)
        let mark = try #require(line.range(of: "\"alertId\":\""))
        let id = String(line[mark.upperBound...].prefix(8))
        let byQueue = try run("parked_car", "--alerts", "out", "--alert", id, "--json")
        #expect(try answer(byQueue).conclusion.isAlert)
        #expect(byQueue.errors.isEmpty)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path("out"))
        where name.hasPrefix("alerts.sqlite") {
            try FileManager.default.removeItem(atPath: folder.path("out/\(name)"))
        }
        let byLines = try run("parked_car", "--alerts", "out", "--alert", id, "--json")
        #expect(byLines.output == byQueue.output)
        let unknown = try run("parked_car", "--alerts", "out", "--alert", "0f0f0f0f0f0f")
        #expect(unknown.status == 1)
        #expect(unknown.errors.contains("no alert in out begins with 0f0f0f0f0f0f"))
    }

    @Test("A person who stands on the pavement is named as what does not count")
    func person() throws {
        let result = try run("goods_on_pavement", "--at", "40", "--point", "0.48,0.45")
        #expect(result.status == 0)
        #expect(result.output.contains("seen as a person"))
        #expect(result.output.contains("does not count in road_occupation"))
        #expect(result.output.contains("FAILED  class counts in road_occupation"))
    }

    @Test(
        "The conclusion names the first test that failed",
        arguments: [
            // Before the dwell time is over.
            (17.0, "0.5,0.5", "dwell"),
            // The car has come to rest, and no second look has confirmed it.
            (14.2, "0.5,0.5", "second_look"),
            // The car has driven off.
            (70.0, "0.5,0.5", "reported"),
            // Pavement where nothing ever stood, outside of the zone.
            (20.0, "0.9,0.95", "in_zone"),
            // The zone, while it is empty.
            (5.0, "0.4,0.6", "changed"),
        ]
    )
    func firstFailure(time: Double, point: String, test: String) throws {
        let result = try run("parked_car", "--at", "\(time)", "--point", point, "--json")
        let conclusion = try answer(result).conclusion
        #expect(!conclusion.isAlert)
        #expect(conclusion.failedTest == test, "\(conclusion.text)")
    }

    @Test("The same question gives the same bytes, and the picture is a JPEG of four panels")
    func stable() throws {
        let question = ["--at", "30", "--point", "0.5,0.5", "--json", "--picture"]
        let first = try run("parked_car", question + ["a.jpg"])
        let second = try run("parked_car", question + ["b.jpg"])
        #expect(first.status == 0)
        #expect(first.output == second.output)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path("a.jpg")))
        #expect(bytes == (try Data(contentsOf: URL(fileURLWithPath: folder.path("b.jpg")))))
        #expect(bytes.starts(with: [0xFF, 0xD8, 0xFF]))
        #expect(bytes.count > 100_000)
        _ = try Fixtures.ffmpeg(
            ["-i", folder.path("a.jpg"), "-f", "rawvideo", "-pix_fmt", "gray"],
            to: "a.gray",
            in: folder
        )
        let pixels = try Data(contentsOf: URL(fileURLWithPath: folder.path("a.gray")))
        #expect(pixels.count == 1944 * 1188)
        #expect(Set(pixels).count > 100)
    }

    @Test("A zone with a window of its own is told of as the window shows it")
    func window() throws {
        let text = try String(contentsOfFile: Fixtures.sample("site.yaml"), encoding: .utf8)
        let scale = "    scale: [{y: 0.95, height: 0.1}, {y: 0.4, height: 0.04}]\n"
        let name = "    name: Parked car\n"
        try folder.write(text.replacingOccurrences(of: name, with: name + scale), to: "site.yaml")
        let result = try Patrol.run(
            [
                "tune", "explain", "--site", "site.yaml", Fixtures.sample("parked_car.mp4"),
                "--alert", "1",
            ],
            in: folder
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("in the zone's window: mode and light are settled"))
        #expect(result.output.contains("alert: incident 1 in kerb"))
    }

    @Test("A folder with a truth.json needs no site file, and its events can be asked about")
    func clip() throws {
        let clip = folder.path("clip")
        try FileManager.default.createDirectory(atPath: clip, withIntermediateDirectories: true)
        for (from, to) in [
            ("parked_car.mp4", "parked_car.mp4"), ("parked_car.truth.json", "truth.json"),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(clip)/\(to)",
                withDestinationPath: Fixtures.sample(from)
            )
        }
        let event = try Patrol.run(["tune", "explain", "clip", "--event", "1"], in: folder)
        #expect(event.status == 0, "\(event.errors)")
        #expect(event.output.contains("alert: incident 1 in kerb"))
        let missing = try Patrol.run(["tune", "explain", "clip", "--event", "2"], in: folder)
        #expect(missing.status == 1)
        #expect(missing.errors.contains("has no event 2; it has 1"))
    }

    @Test(
        "A question that the recording cannot answer is refused with what would be right",
        arguments: [
            (["--at", "99", "--point", "0.5,0.5"], "ends at 74.9 s"),
            (["--alert", "4"], "opens no incident 4; it opens 1"),
            (["--at", "5", "--point", "0.5,0.5", "--zone", "x"], "no zone x; it has kerb"),
        ]
    )
    func unanswerable(arguments: [String], hint: String) throws {
        let result = try run("parked_car", arguments)
        #expect(result.status == 1)
        #expect(result.errors.contains(hint), "\(result.errors)")
    }

    @Test(
        "A wrong command line ends with status 64",
        arguments: [
            (["--at", "5"], "go together"),
            (["--at", "5", "--point", "50,5"], "shares of the picture"),
            (["--alert", "5be"], "--alerts FOLDER"),
            (["--alert", "1", "--at", "5", "--point", "0.5,0.5"], "Give one of"),
            ([], "Give one of"),
            (["--at", "-1", "--point", "0.5,0.5"], "0 or more"),
            (["--alert", "1", "--camera", "gate"], "--site FILE"),
        ]
    )
    func wrongCommandLine(arguments: [String], hint: String) throws {
        let joined = arguments.joined(separator: " ")
            .replacingOccurrences(of: "--at -1", with: "--at=-1")
        let result = try Patrol.run(
            ["tune", "explain", "clip"] + joined.split(separator: " ").map(String.init),
            in: folder
        )
        #expect(result.status == 64, "\(result.errors)")
        #expect(result.errors.contains(hint), "\(result.errors)")
    }
}
