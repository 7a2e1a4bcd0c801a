import Alerts
import Foundation
import Testing

/// What a power cut could take back was never answered: the disk is synced first.
@Suite
struct PowerLossTests {
    private static let log = "/alerts.sqlite-wal"

    /// Lines of a file that the program noted its answers in.
    private func answers(_ what: String, _ folder: Folder) -> [String] {
        folder.text("answers").split(separator: "\n")
            .filter { $0.hasPrefix("\(what) ") }.map { String($0.dropFirst(what.utf8.count + 1)) }
    }

    @Test("Under load, each alert and each claim is synced before it is answered")
    func load() throws {
        let folder = try Folder()
        let (result, trace) = try SystemCalls.of(
            ["bench", "queue", "--data", "data", "--rate", "40", "--seconds", "1"]
                + ["--cameras", "6", "--consumers", "3", "--answers", "answers"],
            in: folder
        )
        #expect(result.status == 0, "\(result.errors)")
        let (kept, claimed) = (answers("kept", folder), answers("claimed", folder))
        #expect(kept.count == 40)
        #expect(claimed.count == 40)
        for (what, names) in [("kept", kept), ("claimed", claimed)] {
            for name in names {
                let written = try #require(trace.write(of: name, to: Self.log), "\(what) \(name)")
                let synced = try #require(trace.sync(of: Self.log, after: written.end))
                let answered = try #require(trace.write(of: "\(what) \(name)\\n", to: "/answers"))
                #expect(synced.end < answered.begin, "\(what) \(name)")
            }
        }
    }

    @Test("A command that claims or acknowledges has synced before it says so")
    func commands() throws {
        let folder = try Folder()
        _ = try Patrol.run(
            ["bench", "queue", "--data", "data", "--rate", "4", "--seconds", "1"]
                + ["--consumers", "0"],
            in: folder
        )
        let who = ["--data", "data", "--by", "core"]
        let (claimed, claiming) = try SystemCalls.of(
            ["queue", "claim", "--json"] + who,
            in: folder
        )
        let claim = try #require(claimed.output.split(separator: "\"").dropFirst(3).first)
        let written = try #require(claiming.write(of: String(claim), to: Self.log))
        let synced = try #require(claiming.sync(of: Self.log, after: written.end))
        let told = try #require(claiming.write(of: "\\\"claim\\\":", to: ".out"))
        #expect(synced.end < told.begin)
        for command in [["ack"], ["arrive"], ["report"]] {
            let alert = String(claim.dropLast(2))
            let verdict = command == ["report"] ? ["confirmed"] : []
            let (result, trace) = try SystemCalls.of(
                ["queue"] + command + who + [alert] + verdict,
                in: folder
            )
            #expect(result.status == 0, "\(result.errors)")
            let last = trace.calls.last { $0.name == "pwrite64" && $0.file.hasSuffix(Self.log) }
            let line = try #require(last, "\(command) wrote nothing").end
            #expect(trace.sync(of: Self.log, after: line) != nil, "\(command)")
        }
    }

    @Test("What a killed program had written is synced by the next before anything is told of it")
    func settled() throws {
        let folder = try Folder()
        let load = ["bench", "queue", "--data", "data", "--rate", "20", "--consumers", "0"]
        let killed = try Patrol.start(load + ["--seconds", "60"], in: folder)
        let end = ContinuousClock.now + .seconds(60)
        while .now < end, folder.text("data/alerts.jsonl").isEmpty { usleep(20_000) }
        killed.signal(9)
        _ = try killed.wait()
        let (result, trace) = try SystemCalls.of(load + ["--seconds", "0.1"], in: folder)
        #expect(result.status == 0, "\(result.errors)")
        let synced = try #require(trace.sync(of: Self.log, after: -1))
        let told = try #require(trace.write(of: "specversion", to: "/alerts.jsonl"))
        #expect(synced.end < told.begin)
    }

    @Test("A picture is whole and synced, and so is its folder, before the alert that names it")
    func evidence() throws {
        let folder = try Folder()
        try folder.write(Fixtures.parking, to: "site.yaml")
        let (result, trace) = try SystemCalls.of(
            ["score", "--site", "site.yaml", "--output", "out"]
                + [try Fixtures.sample("parked_car.mp4")],
            in: folder
        )
        #expect(result.status == 0, "\(result.errors)")
        let lines = folder.text("out/alerts.jsonl").split(separator: "\n")
        #expect(!lines.isEmpty)
        for line in lines {
            let event = try AlertEvent(jsonLine: String(line))
            let file = try #require(event.data.evidence.first).file
            let name = String(file.split(separator: "/").last ?? "")
            let last = trace.calls.last {
                $0.name == "write" && $0.file.contains(name) && $0.file.hasSuffix(".part")
            }
            let picture = try #require(last)
            let whole = try #require(trace.sync(of: String(picture.file), after: picture.end))
            let named = try #require(
                trace.calls.first { $0.name == "rename" && $0.text.contains(name) }
            )
            let listed = try #require(trace.sync(of: "/evidence/car", after: named.end))
            let told = try #require(trace.write(of: file, to: Self.log))
            #expect(whole.end < named.begin)
            #expect(listed.end < told.begin)
        }
    }
}
