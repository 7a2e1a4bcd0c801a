import Alerts
import Foundation
import Media
import Scene
import Site
import Testing

@testable import Pipeline

/// What an analysis finds again that went back to an older state.
@Suite
struct LiveRepeatTests {
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("repeat-\(UUID().uuidString)")

    private func record(
        _ stream: StreamIdentity
    ) throws -> (first: QueueEvent, again: QueueEvent, isNew: Bool) {
        let kept = KeptState()
        let store = try AlertStore(directory: folder)
        let recorder = AlertRecorder(
            site: kept.site,
            camera: kept.camera,
            stream: stream,
            anchor: kept.anchor,
            folder: folder.path,
            store: store
        )
        let reader = try VideoReader(url: try Clip.card(seconds: 1))
        let frames = [try #require(try reader.next()), try #require(try reader.next())]
        var later = kept.incident
        later.time = later.time + .seconds(3)
        let first = try recorder.record(.incident(kept.incident), frame: frames[0])
        let again = try recorder.record(.incident(later), frame: frames[1])
        return (first.event, again.event, again.isNew)
    }

    @Test("On a live stream the same matter, found again later, is the one that was told")
    func live() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let (first, again, isNew) = try record(.live())
        #expect(!isNew)
        #expect(again == first)
        let file = try #require(first.common.matter.evidence.first)
        let picture = try Data(contentsOf: folder.appendingPathComponent(file.file))
        #expect(Digest.sha256(picture) == file.sha256)
    }

    @Test("On a recording it is refused, for the same frames give the same")
    func recording() {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: AlertError.self) {
            try record(StreamIdentity(rawValue: "recording:00ff"))
        }
    }
}
