import Foundation
import Scene
import Testing

@testable import Alerts

@Suite struct EvidenceRetentionTests {
    private let sample: EvidenceFolder
    private let store: AlertStore
    private let now = Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))

    init() throws {
        sample = try EvidenceFolder()
        store = try AlertStore(directory: sample.folder.url)
        for event in sample.events { try store.commit(event) }
    }

    private func report(_ number: Int) throws {
        try store.report(
            alert: sample.events[number - 1].data.alertID,
            .confirmed,
            text: nil,
            by: "car-7",
            now: now
        )
    }

    private func prune(
        days: Double = 3650,
        bytes: Int64 = 1 << 40,
        chainBytes: Int64 = 1 << 30
    ) throws -> PrunedEvidence {
        try EvidenceChain(folder: sample.path).prune(
            olderThan: .seconds(days * 86_400),
            over: bytes,
            store: store,
            now: now + .seconds(86_400),
            chainBytes: chainBytes
        )
    }

    private func isThere(_ number: Int) -> Bool {
        FileManager.default.fileExists(atPath: "\(sample.path)/\(sample.file(number))")
    }

    @Test("Old evidence goes once the alert is reported, never before, and verify knows why")
    func age() throws {
        try report(2)
        let done = try prune(days: 0.5)
        #expect(done.alerts == 1)
        #expect(!isThere(2))
        #expect(isThere(1) && isThere(3) && isThere(4))
        let result = try sample.verify()
        #expect(result.findings == [])
        #expect(result.removed == 1)
        #expect(try prune(days: 0.5).alerts == 0)
    }

    @Test("What is removed without an entry that says so is missing")
    func tampering() throws {
        try report(2)
        _ = try prune(days: 0.5)
        try FileManager.default.removeItem(atPath: "\(sample.path)/\(sample.file(3))")
        #expect(try sample.verify().findings.map(\.file) == [sample.file(3)])
    }

    @Test("Too many bytes take the oldest reported alerts, as many as needed")
    func bytes() throws {
        for number in 2...4 { try report(number) }
        for number in 1...4 {
            let date = Date(timeIntervalSinceNow: Double(number) * 100 - 10_000)
            try FileManager.default.setAttributes(
                [.modificationDate: date],
                ofItemAtPath: "\(sample.path)/\(sample.file(number))"
            )
        }
        // Four pictures of 9 bytes and a clip of 6.
        let done = try prune(bytes: 30)
        #expect(done.alerts == 2)
        #expect(done.keptBytes == 24)
        #expect(!done.isOver)
        #expect(isThere(1) && !isThere(2) && !isThere(3) && isThere(4))
        let over = try prune(bytes: 10)
        #expect(over.isOver)
        #expect(isThere(1))
        #expect(try sample.codes() == [])
    }

    @Test("The beginning of a long chain goes with what it names, and the rest is still proved")
    func cutChain() throws {
        let key = try EvidenceChain(folder: sample.path).publicKey()
        for number in 1...2 { try report(number) }
        let done = try prune(days: 0.5, chainBytes: 1)
        #expect(done.alerts == 2)
        let entries = try EvidenceExport.entries(of: sample.path)
        #expect(entries.first?.manifest.sequence == 4)
        #expect(entries.last?.manifest.kind == .beginning)
        #expect(try sample.verify(trusted: [key]).findings == [])
        let chain = try EvidenceChain(folder: sample.path)
        let event = try sample.picture(9)
        try chain.append(EvidenceChain.manifest(of: event, origin: EvidenceFolder.origin))
        _ = try chain.rotate()
        #expect(try sample.verify(trusted: [key]).findings == [])
        try sample.edit { $0.removeFirst() }
        #expect(try sample.codes().contains(.missingEntry))
    }

    @Test("An export is checked by itself, and finds what was changed in it")
    func export() throws {
        let target = try Folder().url.appendingPathComponent("case")
        let id = sample.events[0].data.alertID
        let done = try EvidenceExport(
            EvidenceExport.Selection(alert: String(id.prefix(6))),
            from: sample.path,
            to: target.path
        )
        #expect(done.files == 2)
        let key = try EvidenceChain(folder: sample.path).publicKey()
        let result = try EvidenceVerification(folder: target.path, trusted: [key])
        #expect(result.findings == [])
        #expect(result.files == 2)
        let picture = target.appendingPathComponent(sample.file(1))
        try Data("forged".utf8).write(to: picture)
        let changed = try EvidenceVerification(folder: target.path, trusted: [key])
        #expect(changed.findings.map(\.file) == [sample.file(1)])
        let secret = try FileManager.default.subpathsOfDirectory(atPath: target.path)
        #expect(!secret.contains { $0.hasSuffix(".key") })
    }

    @Test("An export of a time has the alerts of that time alone")
    func exportTime() throws {
        let target = try Folder().url.appendingPathComponent("case")
        let time = sample.events[0].time.instant
        let selection = EvidenceExport.Selection(from: time + .seconds(1))
        #expect(throws: AlertError.self) {
            try EvidenceExport(selection, from: sample.path, to: target.path)
        }
        let all = EvidenceExport.Selection(from: time, to: time + .seconds(1))
        let done = try EvidenceExport(all, from: sample.path, to: target.path)
        #expect(done.subjects.count == 4)
    }
}
