import Alerts
import Foundation
import Rules
import Scene
import Site
import Testing

@testable import Pipeline

@Suite
struct CheckpointFileTests {
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("checkpoint-\(UUID().uuidString)")
    private let kept = KeptState()

    private var file: CheckpointFile {
        CheckpointFile(folder: folder.path, camera: kept.camera.id)
    }

    private func reason(_ bytes: some Sequence<UInt8>) throws -> String? {
        try DurableFile.write(Array(bytes), to: file.path)
        guard case .unusable(let reason) = file.read() else { return nil }
        return reason
    }

    @Test("What is written is read again, and leaves nothing beside it")
    func roundTrip() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        guard case .nothing = file.read() else {
            Issue.record("a file that is not there was read")
            return
        }
        try file.write(kept.checkpoint(pending: ["a line"]))
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/state")
        #expect(names == ["gate.checkpoint"])
        guard case .checkpoint(let read) = file.read() else {
            Issue.record("not read again")
            return
        }
        #expect(read.basis == CheckpointBasis(site: kept.site, camera: kept.camera))
        #expect(read.stream == kept.stream)
        #expect(read.anchor == kept.anchor)
        #expect(read.pending == ["a line"])
    }

    @Test("A file that is torn at any place, or changed in any byte, is recognised")
    func damaged() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let whole = try CheckpointFile.bytes(of: kept.checkpoint())
        #expect(try reason(whole) == nil)
        for length in stride(from: 0, to: whole.count, by: max(1, whole.count / 50)) {
            #expect(try reason(whole.prefix(length)) != nil, "cut to \(length)")
        }
        for place in stride(from: 0, to: whole.count, by: max(1, whole.count / 50)) {
            var changed = whole
            changed[place] ^= 0x10
            #expect(try reason(changed) != nil, "changed at \(place)")
        }
        #expect(try reason(repeatElement(UInt8(ascii: "x"), count: 5000)) != nil)
    }

    @Test("A state of another version is told by its number")
    func otherVersion() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let whole = try CheckpointFile.bytes(of: kept.checkpoint())
        let text = "smartpatrol-checkpoint 3 "
        #expect(whole.starts(with: Array(text.utf8)))
        let newer = Array("smartpatrol-checkpoint 9 ".utf8) + whole.dropFirst(text.utf8.count)
        #expect(try reason(newer)?.contains("version 9") == true)
    }

    @Test("A folder in the place of the file is no crash")
    func folderInTheWay() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try DurableFile.makeFolder(file.path)
        guard case .unusable = file.read() else {
            Issue.record("a folder was read as a state")
            return
        }
    }

    @Test("What a killed writer left is removed, and nothing else")
    func remains() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try file.write(kept.checkpoint())
        try DurableFile.write([1], to: "\(file.path).00ff.part")
        try DurableFile.write([1], to: "\(folder.path)/state/gate-2.checkpoint.00ff.part")
        file.removeRemains()
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/state")
        #expect(names.sorted() == ["gate-2.checkpoint.00ff.part", "gate.checkpoint"])
    }

    @Test("A file that cannot be used is moved aside")
    func setAside() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try DurableFile.write([1], to: file.path)
        #expect(try file.setAside() == file.path + ".damaged")
        guard case .nothing = file.read() else {
            Issue.record("still there")
            return
        }
        try file.remove()
    }
}
