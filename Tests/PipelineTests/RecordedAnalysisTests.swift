import Foundation
import Media
import Rules
import Scene
import Site
import Testing

@testable import Pipeline

@Suite
struct RecordedAnalysisTests {
    private func camera(rate: Double = 5, zones: [ZoneKind] = []) -> CameraConfiguration {
        let square = [(0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)]
        let polygon = Polygon(square.map { NormalizedPoint(x: $0.0, y: $0.1) })
        return CameraConfiguration(
            id: CameraID(rawValue: "test"),
            name: "Test",
            analysisRate: rate,
            zones: zones.map { kind in
                ZoneRule(id: ZoneID(rawValue: kind.rawValue), kind: kind, polygon: polygon)
            }
        )
    }

    private func run(
        _ video: String,
        _ camera: CameraConfiguration,
        cancellation: Cancellation = .init()
    ) throws -> RecordedSummary {
        try RecordedAnalysis(video: video, camera: camera, cancellation: cancellation)
            .run(progress: { _ in }, incident: { _, _ in })
    }

    @Test("Frames are analysed at the camera's rate, and at 8 a second where it watches water")
    func rates() throws {
        let video = try Clip.card(seconds: 3)
        let slow = try run(video, camera(rate: 2))
        #expect(slow.frames == 30)
        #expect(slow.analysedFrames == 6)
        #expect(slow.duration == .seconds(3))
        #expect(slow.ending == .complete)
        #expect(StreamAnalysis.rate(of: camera(rate: 2, zones: [.noParking])) == 2)
        #expect(StreamAnalysis.rate(of: camera(rate: 2, zones: [.noParking, .waterDanger])) == 8)
        #expect(StreamAnalysis.rate(of: camera(rate: 12, zones: [.waterDanger])) == 12)
    }

    @Test("Civil time comes from the site file, else from the recording, else from nowhere")
    func anchors() throws {
        let stamped = try Clip.card(
            seconds: 1,
            extra: ["-metadata", "creation_time=2026-03-01T06:00:00Z"]
        )
        let recorded = try run(stamped, camera()).anchor
        #expect(recorded.quality == .container)
        #expect(recorded.start.microseconds == 1_772_344_800_000_000)
        var told = camera()
        told.startTime = Instant(microseconds: 7)
        let expected = ClockAnchor(start: Instant(microseconds: 7), quality: .stated)
        #expect(try run(stamped, told).anchor == expected)
        let bare = try Clip.card("card.avi", seconds: 1)
        let unknown = ClockAnchor(start: Instant(microseconds: 0), quality: .unknown)
        #expect(try run(bare, camera()).anchor == unknown)
    }

    @Test("A recording that breaks off is scored as far as it goes, and says so")
    func truncated() throws {
        let whole = try Clip.card(seconds: 20, extra: ["-movflags", "+faststart"])
        let bytes = try Data(contentsOf: URL(fileURLWithPath: whole))
        let cut = whole + ".cut.mp4"
        try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: cut))
        let summary = try run(cut, camera())
        #expect(summary.frames > 10)
        guard case .cutShort(let reason) = summary.ending else {
            Issue.record("ended as \(summary.ending)")
            return
        }
        #expect(reason.contains(cut))
    }

    @Test("A cancelled analysis ends at once and is not an error")
    func cancelled() throws {
        let video = try Clip.card(seconds: 5)
        let cancellation = Cancellation()
        let analysis = RecordedAnalysis(
            video: video,
            camera: camera(),
            cancellation: cancellation
        )
        let summary = try analysis.run(
            progress: { if $0.frames == 3 { cancellation.cancel() } },
            incident: { _, _ in }
        )
        #expect(summary.ending == .cancelled)
        #expect(summary.frames == 3)
    }
}
