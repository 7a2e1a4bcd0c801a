import Foundation
import Scene
import Testing

@testable import Alerts

@Suite struct EvidenceKeyTests {
    private let sample: EvidenceFolder

    init() throws {
        sample = try EvidenceFolder(alerts: 2)
    }

    private var keyPath: String { "\(sample.path)/\(EvidenceChain.keyFile)" }

    @Test("The secret key is for its owner alone, and one that others may read is refused")
    func modes() throws {
        let attributes = try FileManager.default.attributesOfItem(atPath: keyPath)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: keyPath)
        let error = #expect(throws: AlertError.self) { try EvidenceChain(folder: sample.path) }
        #expect(error?.message.contains("chmod 600") == true)
    }

    @Test("The same message gives the same signature, which only its key verifies")
    func signature() {
        // RFC 8032, section 7.1, test 1.
        let seed = Hexadecimal.bytes(
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
        )
        let key = EvidenceKey(seed: seed ?? [])
        #expect(
            key.publicKey.description
                == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        )
        #expect(
            key.sign("")
                == "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
                + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        )
        #expect(key.publicKey.verifies(key.sign("a"), of: "a"))
        #expect(!key.publicKey.verifies(key.sign("a"), of: "b"))
        #expect(!EvidenceKey.random().publicKey.verifies(key.sign("a"), of: "a"))
    }

    @Test("A rotated key signs what follows, and either key proves the whole chain")
    func rotation() throws {
        let chain = try EvidenceChain(folder: sample.path)
        let old = try chain.publicKey()
        let fresh = try chain.rotate()
        #expect(fresh != old)
        let event = try sample.picture(7)
        try chain.append(EvidenceChain.manifest(of: event, origin: EvidenceFolder.origin))
        for key in [old, fresh] {
            let result = try sample.verify(trusted: [key])
            #expect(result.findings == [])
            #expect(result.keys == [old, fresh])
        }
        #expect(try sample.verify(trusted: [EvidenceKey.random().publicKey]).isSound == false)
    }

    @Test("Somebody who appends while the key is rotated goes on with the new one")
    func rotationElsewhere() throws {
        let running = try EvidenceChain(folder: sample.path)
        _ = try running.publicKey()
        let fresh = try EvidenceChain(folder: sample.path).rotate()
        let event = try sample.picture(7)
        let manifest = EvidenceChain.manifest(of: event, origin: EvidenceFolder.origin)
        let entry = try #require(try running.append(manifest))
        #expect(entry.key == fresh.id)
        #expect(try sample.codes() == [])
    }

    @Test("A rotation that was broken off after the chain had it is completed")
    func brokenRotation() throws {
        let old = try Data(contentsOf: URL(fileURLWithPath: keyPath))
        let fresh = try EvidenceChain(folder: sample.path).rotate()
        // As if the program had ended before the new key took the old one's place.
        try FileManager.default.moveItem(atPath: keyPath, toPath: "\(keyPath).next")
        _ = FileManager.default.createFile(
            atPath: keyPath,
            contents: old,
            attributes: [.posixPermissions: 0o600]
        )
        #expect(try EvidenceChain(folder: sample.path).publicKey() == fresh)
        #expect(FileManager.default.fileExists(atPath: "\(keyPath).next") == false)
    }

    @Test("A rotation that the old key did not sign is found")
    func forgedRotation() throws {
        try sample.edit { lines in
            let last = try #require(EvidenceEntry(line: lines[lines.count - 1]))
            let thief = EvidenceKey.random()
            var manifest = EvidenceManifest(.key)
            manifest.publicKey = thief.publicKey.description
            manifest.sequence = last.manifest.sequence + 1
            manifest.previous = last.hash
            lines.append(EvidenceEntry(manifest, by: thief, newKey: thief).line)
        }
        #expect(try sample.codes() == [.badSignature])
    }

    @Test("Another key than that of the chain is refused")
    func wrongKey() throws {
        try EvidenceKey.random().write(keyPath)
        #expect(throws: AlertError.self) { try EvidenceChain(folder: sample.path) }
    }

    @Test("The same events and key give the same chain")
    func determinism() throws {
        let other = try EvidenceFolder(alerts: 2)
        let copy = try Folder()
        try FileManager.default.createDirectory(
            at: copy.url.appendingPathComponent("keys"),
            withIntermediateDirectories: true
        )
        let key = copy.url.appendingPathComponent(EvidenceChain.keyFile)
        try FileManager.default.copyItem(atPath: keyPath, toPath: key.path)
        let chain = try EvidenceChain(folder: copy.url.path)
        for event in other.events {
            try chain.append(EvidenceChain.manifest(of: event, origin: EvidenceFolder.origin))
        }
        let here = try String(contentsOfFile: chain.path, encoding: .utf8)
        let there = try String(contentsOfFile: sample.chain, encoding: .utf8)
        #expect(there.hasPrefix(here))
    }
}
