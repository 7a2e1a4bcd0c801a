import Foundation
import Glibc
import Testing

/// The same footage and site file give the same alerts, byte for byte.
@Suite
struct DeterminismTests {
    private let folder: Folder
    private let site: String

    init() throws {
        folder = try Folder()
        site = try Fixtures.sample("site.yaml")
    }

    private func samples() throws -> [String] {
        try ["parked_car", "goods_on_pavement", "person_at_water"]
            .map { try Fixtures.sample("\($0).mp4") }
    }

    private func score(
        _ videos: [String],
        to output: String,
        workers: Int,
        environment: [String: String] = [:]
    ) throws -> Patrol.Result {
        let options = ["--site", site, "--output", output, "--workers", "\(workers)"]
        return try Patrol.run(["score"] + options + videos, in: folder, environment: environment)
    }

    @Test("One worker and four give the same alerts, and a second run adds nothing")
    func workers() throws {
        let videos = try samples()
        #expect(try score(videos, to: "one", workers: 1).status == 0)
        let four = try score(videos, to: "four", workers: 4)
        let alerts = folder.text("one/alerts.jsonl")
        #expect(alerts.contains("smartpatrol.alert.opened.v1"))
        #expect(folder.text("four/alerts.jsonl") == alerts)
        let again = try score(videos, to: "four", workers: 4)
        #expect(folder.text("four/alerts.jsonl") == alerts)
        #expect(!four.output.isEmpty)
        #expect(again.output.isEmpty)
        #expect(again.errors.contains("known already"))
    }

    @Test("Every alert follows the contract, and its picture has the hash that it names")
    func contract() throws {
        #expect(try score(samples(), to: "out", workers: 2).status == 0)
        #expect(try Contract.faults(of: folder.path("out/alerts.jsonl")) == "")
        for line in folder.text("out/alerts.jsonl").split(separator: "\n") {
            let event = try JSONDecoder().decode(Event.self, from: Data(line.utf8))
            let evidence = try #require(event.data.evidence.first)
            let hash = try Patrol.run(
                ["--version"],
                through: ["sh", "-c", "sha256sum out/\(evidence.file)"],
                in: folder
            )
            #expect(hash.output.hasPrefix(evidence.sha256))
        }
    }

    private struct Event: Decodable {
        struct Payload: Decodable {
            struct Evidence: Decodable {
                var file: String
                var sha256: String
            }
            var evidence: [Evidence]
        }
        var data: Payload
    }

    @Test("A recording played at live pace gives what scoring it gives")
    func livePace() throws {
        let video = try Fixtures.sample("parked_car.mp4")
        let text = try String(contentsOfFile: site, encoding: .utf8)
        let cameras = text.components(separatedBy: "\n  - id: ")
        let camera = try #require(cameras.first { $0.hasPrefix("parked_car\n") })
        let live = "parked_car\n    source: \(video)\n" + camera.dropFirst("parked_car\n".count)
        try folder.write("\(cameras[0])\n  - id: \(live)\n", to: "live.yaml")
        let start = ["--start-time", "2026-05-01T09:30:00+08:00"]
        let scored = try Patrol.run(
            ["score", "--site", "live.yaml", "--output", "scored"] + start + [video],
            in: folder
        )
        #expect(scored.status == 0)
        let played = try Patrol.run(
            ["run", "--site", "live.yaml", "--data", "played"] + start,
            in: folder
        )
        #expect(played.status == 0, "\(played.errors)")
        let alerts = folder.text("scored/alerts.jsonl")
        #expect(!alerts.isEmpty)
        #expect(folder.text("played/alerts.jsonl") == alerts)
    }

    @Test("A run that was killed and started again gives the alerts of one that was not")
    func killed() throws {
        let videos = try samples()
        #expect(try score(videos, to: "whole", workers: 2).status == 0)
        let options = ["--site", site, "--output", "torn", "--workers", "2"]
        let running = try Patrol.start(["score"] + options + videos, in: folder)
        while running.process.isRunning, running.output.isEmpty { usleep(1000) }
        running.signal(SIGKILL)
        #expect(try running.wait().status == 128 + SIGKILL)
        #expect(try score(videos, to: "torn", workers: 2).status == 0)
        #expect(folder.text("torn/alerts.jsonl") == folder.text("whole/alerts.jsonl"))
    }

    @Test("SIGTERM ends scoring with status 143, and the next run completes it")
    func stopped() throws {
        let videos = try samples()
        #expect(try score(videos, to: "whole", workers: 1).status == 0)
        let options = ["--site", site, "--output", "halted", "--workers", "1"]
        let running = try Patrol.start(["score"] + options + videos, in: folder)
        while running.process.isRunning, running.output.isEmpty { usleep(1000) }
        running.signal(SIGTERM)
        let result = try running.wait()
        #expect(result.status == 128 + SIGTERM)
        #expect(result.errors.contains("run the same command again"))
        #expect(try score(videos, to: "halted", workers: 1).status == 0)
        #expect(folder.text("halted/alerts.jsonl") == folder.text("whole/alerts.jsonl"))
    }

    @Test("A disk that fills up ends the run with status 1, and what was committed stays")
    func fullDisk() throws {
        let videos = try samples()
        #expect(try score(videos, to: "whole", workers: 1).status == 0)
        #expect(try score([videos[0]], to: "full", workers: 1).status == 0)
        let before = folder.text("full/alerts.jsonl")
        let full = try Patrol.run(
            ["score", "--site", site, "--output", "full", "--workers", "1"] + videos,
            through: ["bash", "-c", "ulimit -f 64; exec \"$0\" \"$@\""],
            in: folder
        )
        #expect(full.status == 1)
        #expect(full.errors.contains("error: "))
        #expect(folder.text("full/alerts.jsonl").hasPrefix(before))
        #expect(try score(videos, to: "full", workers: 1).status == 0)
        #expect(folder.text("full/alerts.jsonl") == folder.text("whole/alerts.jsonl"))
    }

    @Test("The queue lists and shows what was found")
    func queue() throws {
        #expect(try score(samples(), to: "out", workers: 2).status == 0)
        let list = try Patrol.run(["queue", "list", "--data", "out"], in: folder)
        let rows = list.output.split(separator: "\n")
        #expect(rows.first?.hasPrefix("ID") == true)
        let id = try #require(rows.last?.split(separator: " ").first.map(String.init))
        let shown = try Patrol.run(["queue", "show", "--data", "out", id, "--json"], in: folder)
        #expect(shown.status == 0)
        let alerts = folder.text("out/alerts.jsonl").split(separator: "\n")
        for line in shown.output.split(separator: "\n") { #expect(alerts.contains(line)) }
        let absent = try Patrol.run(["queue", "show", "--data", "out", "0000000"], in: folder)
        #expect(absent.status == 1)
        let nowhere = try Patrol.run(["queue", "list", "--data", "absent"], in: folder)
        #expect(nowhere.status == 1)
    }
}
