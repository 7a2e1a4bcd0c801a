import Foundation
import Scene
import Testing

@testable import Alerts

@Suite struct EvidenceVerificationTests {
    private let sample: EvidenceFolder

    init() throws {
        sample = try EvidenceFolder()
    }

    @Test("What nobody has touched is sound, and the box's key is known by its digits")
    func sound() throws {
        let key = try EvidenceChain(folder: sample.path).publicKey()
        let result = try sample.verify(trusted: [key])
        #expect(result.findings == [])
        #expect(result.entries == 6)
        #expect(result.files == 5)
        #expect(result.head?.sequence == 6)
        #expect(EvidencePublicKey(key.description) == key)
    }

    @Test("Every changed byte of a picture is named with the file and the alert")
    func changedFile() throws {
        for index in 0..<Array("picture 2".utf8).count {
            var bytes = Array("picture 2".utf8)
            bytes[index] ^= 1
            try sample.write(String(decoding: bytes, as: UTF8.self), to: sample.file(2))
            let finding = try #require(try sample.verify().findings.first)
            #expect(finding.code == .changedFile)
            #expect(finding.file == sample.file(2))
            #expect(finding.alert == sample.events[1].data.alertID)
        }
    }

    @Test("A missing file is named, and one that nobody signed is a note")
    func missingFile() throws {
        try FileManager.default.removeItem(atPath: "\(sample.path)/\(sample.file(3))")
        try sample.write("forged", to: "evidence/gate-1/forged.jpg")
        let result = try sample.verify()
        #expect(result.findings.map(\.code) == [.missingFile, .unknownFile])
        #expect(result.findings.first?.file == sample.file(3))
        #expect(!result.isSound)
    }

    @Test("Any changed byte of the chain is found")
    func changedChain() throws {
        let url = URL(fileURLWithPath: sample.chain)
        let whole = try Data(contentsOf: url)
        for index in stride(from: 0, to: whole.count, by: 7) {
            var bytes = whole
            bytes[index] ^= 4
            try bytes.write(to: url)
            #expect(try !sample.verify().isSound, "byte \(index)")
        }
    }

    @Test("An alert that was taken out of the chain is named")
    func removedEntry() throws {
        try sample.edit { $0.remove(at: 2) }
        let result = try sample.verify()
        let alert = sample.events[1].data.alertID
        #expect(result.findings.contains { $0.code == .missingEntry && $0.entry == 3 })
        #expect(result.findings.contains { $0.code == .missingAlert && $0.alert == alert })
    }

    @Test("An end that was cut off is found by the alerts, or by a head that was kept elsewhere")
    func cutEnd() throws {
        let head = try #require(try sample.verify().head)
        try sample.edit { $0.removeLast() }
        let clip = "evidence/gate-1/\(sample.events[0].data.alertID)-clip.mp4"
        #expect(try sample.verify().findings.map(\.file) == [clip])
        #expect(try sample.verify(expecting: head).findings.map(\.code).contains(.missingEntry))
        try sample.edit { $0.removeLast() }
        #expect(try sample.codes().contains(.missingAlert))
    }

    @Test("Entries that change places are named")
    func reordered() throws {
        try sample.edit { $0.swapAt(2, 3) }
        let findings = try sample.verify().findings
        #expect(findings.contains { $0.code == .reorderedEntry })
    }

    @Test("An entry that somebody else has signed is found, even with the right hashes")
    func forged() throws {
        try sample.edit { lines in
            var manifest = try #require(EvidenceEntry(line: lines[5])).manifest
            manifest.missing = []
            lines[5] = EvidenceEntry(manifest, by: .random()).line
        }
        #expect(try sample.codes() == [.badSignature])
    }

    @Test("A whole chain of another key passes by itself, and fails against the box's key")
    func otherBox() throws {
        let other = try EvidenceFolder()
        let key = try EvidenceChain(folder: sample.path).publicKey()
        #expect(try other.verify().isSound)
        #expect(try other.verify(trusted: [key]).findings.map(\.code) == [.untrustedKey])
    }

    @Test("A line that was not written to its end is a note, and the next append mends it")
    func torn() throws {
        let handle = try #require(FileHandle(forWritingAtPath: sample.chain))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("{\"manifest\":{".utf8))
        #expect(try sample.codes() == [.tornEntry])
        let chain = try EvidenceChain(folder: sample.path)
        let event = try sample.picture(9)
        try chain.append(EvidenceChain.manifest(of: event, origin: EvidenceFolder.origin))
        #expect(try sample.codes() == [])
    }

    @Test("An entry that leads out of the folder is refused")
    func leavingFolder() throws {
        var manifest = EvidenceManifest(.event, subject: EvidenceSubject(sample.events[0]))
        manifest.files = [ManifestFile(kind: .clip, file: "../../etc/passwd", sha256: "")]
        let entry = EvidenceEntry(manifest, by: .random())
        #expect(EvidenceEntry(line: entry.line) == nil)
    }
}
