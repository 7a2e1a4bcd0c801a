import Alerts
import Foundation
import Media
import Scene
import Site
import Testing

@testable import Pipeline

/// An analysis that was written down, read again and gone on with, on the sample streams.
@Suite
struct AnalysisCheckpointTests {
    /// One analysis and what it has found, to be run beside others.
    private final class Pass {
        private var analysis: StreamAnalysis
        private(set) var matters: [Matter] = []

        init(_ analysis: consuming StreamAnalysis) {
            self.analysis = analysis
        }

        func step(_ frame: VideoFrame, anchor: ClockAnchor) {
            matters += analysis.step(frame, anchor: anchor)
        }

        func finish(anchor: ClockAnchor) {
            matters += analysis.finish(anchor: anchor)
        }

        /// The state as it comes back from a file, in another analysis.
        func restarted(
            _ basis: CheckpointBasis,
            camera: CameraConfiguration,
            anchor: ClockAnchor
        ) throws -> Pass {
            let kept = try CameraCheckpoint(
                basis: basis,
                stream: .live(),
                anchor: anchor,
                pending: [],
                analysis: analysis.checkpoint()
            )
            let folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("checkpoint-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            let file = CheckpointFile(folder: folder.path, camera: basis.camera)
            try file.write(kept)
            guard case .checkpoint(let read) = file.read() else {
                Issue.record("the checkpoint cannot be read")
                throw CancellationError()
            }
            let pass = Pass(try StreamAnalysis(camera: camera, resuming: read.analysisCheckpoint()))
            pass.matters = matters
            return pass
        }
    }

    private static let samples = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("SampleStreams")

    @Test(
        "An analysis that is taken up in mid-stream finds the same at the same times",
        arguments: [
            ("parked_car", [0, 0.1, 5, 11.9, 14, 21, 24, 30, 64]),
            ("person_at_water", [18.5, 19.5, 20.5, 30, 41]),
            ("goods_on_pavement", [4, 12, 25, 40]),
        ]
    )
    func resumed(scene: String, moments: [Double]) throws {
        let site = try SiteConfiguration.load(
            path: Self.samples.appendingPathComponent("site.yaml").path,
            environment: [:]
        )
        let camera = try #require(site.cameras.first { $0.id.rawValue == scene })
        let basis = CheckpointBasis(site: site, camera: camera)
        let anchor = ClockAnchor(start: try #require(camera.startTime), quality: .stated)
        let video = Self.samples.appendingPathComponent("\(scene).mp4").path
        let reader = try VideoReader(url: video)
        let whole = Pass(StreamAnalysis(camera: camera))
        // Taken up again and again on its way.
        var torn = Pass(StreamAnalysis(camera: camera))
        // Taken up once each.
        var parts: [Pass] = []
        var ahead = moments[...]
        while let frame = try reader.next() {
            while let moment = ahead.first, frame.time.seconds > moment {
                ahead.removeFirst()
                parts.append(try whole.restarted(basis, camera: camera, anchor: anchor))
                torn = try torn.restarted(basis, camera: camera, anchor: anchor)
            }
            for pass in [whole, torn] + parts { pass.step(frame, anchor: anchor) }
        }
        for pass in [whole, torn] + parts { pass.finish(anchor: anchor) }
        #expect(!whole.matters.isEmpty)
        #expect(torn.matters == whole.matters)
        #expect(parts.count == moments.count)
        for (pass, moment) in zip(parts, moments) {
            #expect(pass.matters == whole.matters, "taken up at \(moment) s")
        }
    }
}
