import Foundation
import Testing

/// `patrol model` from the command line to its files.
@Suite struct ModelTests {
    @Test("The program's own model tells its input, its output and the instructions in use")
    func info() throws {
        let result = try Patrol.run(["model", "info", "--nodes"], in: Folder())
        #expect(result.status == 0, "\(result.errors)")
        for line in ["input         crop 1x6x48x48", "output        scores 1x6", "Conv"] {
            #expect(result.output.contains(line))
        }
        #expect(result.output.contains(/instructions  \w+ of sse2/))
    }

    @Test("The bench measures every instruction set of the machine, or the one asked for")
    func bench() throws {
        let all = try Patrol.run(["model", "bench", "--runs", "3"], in: Folder())
        #expect(all.status == 0, "\(all.errors)")
        #expect(all.output.hasPrefix("sse2 median "))
        let one = try Patrol.run(
            ["model", "bench", "--runs", "3", "--instructions", "sse2"],
            in: Folder()
        )
        #expect(one.output.split(separator: "\n").count == 1)
    }

    @Test("A picture is shown to the model, and what it sees is drawn into a JPEG file")
    func check() throws {
        let folder = try Folder()
        let video = try Fixtures.sample("parked_car.mp4")
        let result = try Patrol.run(
            ["model", "check", "own", video, "--output", "seen.jpg"],
            in: folder
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains(/^0\.\d\d \w+ at 0\.000 0\.000 1\.000 1\.000/))
        let jpeg = try Data(contentsOf: folder.url.appendingPathComponent("seen.jpg"))
        #expect(jpeg.starts(with: [0xFF, 0xD8, 0xFF]))
    }

    @Test(
        "What is no model is refused by name, with what to do",
        arguments: [
            (["model", "info", "nowhere.onnx"], "nowhere.yaml"),
            (["model", "info", "broken.onnx"], "broken.onnx"),
            (["model", "info", "bare.onnx"], "bare.yaml"),
            (["model", "bench", "none"], "give own or the path"),
        ]
    )
    func refusals(command: [String], message: String) throws {
        let folder = try Folder()
        let settings = """
            input: {width: 64, height: 64}
            decoder: classifier
            labels: {person: 0}
            """
        for (name, text) in [
            ("broken.onnx", "no model"), ("broken.yaml", settings), ("bare.onnx", "no model"),
        ] {
            try Data(text.utf8).write(to: folder.url.appendingPathComponent(name))
        }
        let result = try Patrol.run(command, in: folder)
        #expect(result.status == 1)
        #expect(result.errors.contains(message), "\(result.errors)")
    }

    @Test("Alerts carry what a site learns from, and too few verdicts teach nothing")
    func adapt() throws {
        let folder = try Folder()
        let site = try Fixtures.sample("site.yaml")
        let video = try Fixtures.sample("parked_car.mp4")
        let scored = try Patrol.run(
            ["score", "--site", site, "--output", "out", video],
            in: folder
        )
        #expect(scored.status == 0, "\(scored.errors)")
        let listed = try Patrol.run(["queue", "list", "--data", "out", "--json"], in: folder)
        let line = try #require(listed.output.split(separator: "\n").first)
        #expect(line.contains("\"features\":{\"version\":1,\"model\":\"own-"))
        let id = try #require(line.firstMatch(of: /"alertId":"([0-9a-f]+)"/)).1
        let verdicts = "{\"id\": \"\(id)\", \"verdict\": \"confirmed\"}\n"
        try Data(verdicts.utf8).write(to: folder.url.appendingPathComponent("verdicts.jsonl"))
        let adapted = try Patrol.run(
            ["model", "adapt", "--data", "out", "--verdicts", "verdicts.jsonl"],
            in: folder
        )
        #expect(adapted.status == 0, "\(adapted.errors)")
        #expect(adapted.output.contains("judged alerts: 1 confirmed, 0 rejected"))
        #expect(adapted.output.contains("the present layer stays"))
        let back = try Patrol.run(["model", "adapt", "--data", "out", "--roll-back"], in: folder)
        #expect(back.status == 1)
        #expect(back.errors.contains("nothing to go back to"))
    }

    @Test("A line that is no verdict is named")
    func wrongVerdict() throws {
        let folder = try Folder()
        let site = try Fixtures.sample("site.yaml")
        let video = try Fixtures.sample("parked_car.mp4")
        _ = try Patrol.run(["score", "--site", site, "--output", "out", video], in: folder)
        let text = "\n{\"id\": \"ab\", \"verdict\": \"maybe\"}\n"
        try Data(text.utf8).write(to: folder.url.appendingPathComponent("v.jsonl"))
        let result = try Patrol.run(
            ["model", "adapt", "--data", "out", "--verdicts", "v.jsonl"],
            in: folder
        )
        #expect(result.status == 1)
        #expect(result.errors.contains("v.jsonl:2: "))
    }
}
