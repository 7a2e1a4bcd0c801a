import Foundation
import Scene
import Testing

@testable import Alerts

@Suite
struct IdentityTests {
    @Test("SHA-256 gives the digests of FIPS 180-4's examples")
    func digest() {
        #expect(
            Digest.sha256(Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        #expect(
            Digest.sha256([])
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        )
        #expect(Digest.sha256(Array("abc".utf8).lazy.map { $0 }) == Digest.sha256(Data("abc".utf8)))
    }

    @Test("An alert's id never changes: it is part of the contract")
    func pinned() {
        #expect(
            AlertEvent.alertID(for: Sample.incident(), context: Sample.context())
                == "f8fcd107abd6b9e3c429a969abe25623"
        )
    }

    @Test("All events of an incident share the alert's id, and each has its own")
    func revisions() {
        let opened = Sample.event(Sample.incident())
        let closed = Sample.event(
            Sample.incident(revision: 2, phase: .closed, severity: .info, time: 99_000_000)
        )
        #expect(opened.data.alertID == closed.data.alertID)
        #expect(opened.id == opened.data.alertID + ".1")
        #expect(closed.id == opened.data.alertID + ".2")
    }

    @Test("Another site, camera, stream, zone, kind, start or number is another alert")
    func distinct() {
        let context = Sample.context()
        func id(_ incident: Incident, _ context: AlertContext) -> String {
            AlertEvent.alertID(for: incident, context: context)
        }
        let ids = [
            id(Sample.incident(), context),
            id(Sample.incident(), Sample.context(site: "riversid", camera: "egate-1")),
            id(Sample.incident(), Sample.context(site: "other")),
            id(Sample.incident(), Sample.context(camera: "gate-2")),
            id(Sample.incident(), Sample.context(stream: .live())),
            id(Sample.incident(zone: "lane2"), context),
            id(Sample.incident(kind: .noParking), context),
            id(Sample.incident(startedAt: 12_345_679), context),
            id(Sample.incident(number: 2), context),
        ]
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.count == 32 })
    }

    @Test("The civil time of a recording does not change the names of its alerts")
    func anchor() {
        #expect(
            AlertEvent.alertID(for: Sample.incident(), context: Sample.context(start: 0))
                == AlertEvent.alertID(for: Sample.incident(), context: Sample.context())
        )
    }

    @Test("Live streams are never the same")
    func live() {
        #expect(StreamIdentity.live() != StreamIdentity.live())
    }

    @Test("A recording is known by its content, not by its name")
    func recording() throws {
        let folder = try Folder()
        let bytes = [UInt8](repeating: 7, count: 3 << 20)
        let one = try folder.write("a.mp4", bytes)
        let copy = try folder.write("b.mp4", bytes)
        let identity = try StreamIdentity.ofRecording(path: one.path)
        #expect(try StreamIdentity.ofRecording(path: copy.path) == identity)
        for change in [0, (1 << 20) - 1, 2 << 20, (3 << 20) - 1] {
            var other = bytes
            other[change] = 8
            try folder.write("b.mp4", other)
            #expect(try StreamIdentity.ofRecording(path: copy.path) != identity, "\(change)")
        }
        try folder.write("b.mp4", bytes + [7])
        #expect(try StreamIdentity.ofRecording(path: copy.path) != identity)
    }

    @Test("A short recording is hashed once as a whole", arguments: [0, 1, 1 << 20, 3 << 19])
    func short(size: Int) throws {
        let folder = try Folder()
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        let file = try folder.write("a.mp4", bytes)
        let length = withUnsafeBytes(of: Int64(size).littleEndian) { Array($0) }
        #expect(
            try StreamIdentity.ofRecording(path: file.path).rawValue
                == "recording:" + Digest.sha256(length + bytes)
        )
    }

    @Test("What is no file is refused by its name")
    func refused() throws {
        let folder = try Folder()
        let missing = folder.file("missing.mp4").path
        let error = failure { _ = try StreamIdentity.ofRecording(path: missing) }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains(missing) == true)
        let directory = folder.url.path
        #expect(code { _ = try StreamIdentity.ofRecording(path: directory) } == .invalidData)
        #expect(code { _ = try StreamIdentity.ofRecording(path: "/dev/null") } == .invalidData)
    }
}
