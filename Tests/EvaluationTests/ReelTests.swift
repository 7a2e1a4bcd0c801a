import Foundation
import Imaging
import Media
import Pipeline
import Rules
import Scene
import Site
import Testing

@testable import Evaluation

/// The pictures of a clip in memory, and changes of their order and coding.
@Suite struct ReelTests {
    private func reel(_ times: [Double]) -> Reel {
        Reel(
            frames: times.enumerated().map { index, time in
                var picture = Picture(width: 16, height: 16)
                picture.luma[0, 0] = UInt8(index)
                return Reel.Frame(time: MediaTime(seconds: time), picture: picture)
            }
        )
    }

    private func times(_ reel: Reel) -> [Double] { reel.frames.map(\.time.seconds) }

    private func numbers(_ reel: Reel) -> [UInt8] { reel.frames.map { $0.picture.luma[0, 0] } }

    @Test("A gap takes out its pictures and leaves the times of the others")
    func gap() {
        let rest = reel([0, 1, 2, 3, 4, 5])
            .without(from: MediaTime(seconds: 2), to: MediaTime(seconds: 4))
        #expect(times(rest) == [0, 1, 4, 5])
    }

    @Test("Half the rate is every second picture from the first")
    func half() {
        #expect(times(reel([0, 0.2, 0.4, 0.6, 0.8]).halved()) == [0, 0.4, 0.8])
    }

    @Test("Reversal turns the order round and keeps the spaces between pictures")
    func reversal() {
        let reversed = reel([0, 0.5, 0.6, 2]).reversed()
        #expect(numbers(reversed) == [3, 2, 1, 0])
        #expect(times(reversed) == [0, 1.4, 1.5, 2])
        #expect(numbers(reversed.reversed()) == [0, 1, 2, 3])
    }

    /// Path of a rendered clip.
    private func sample(_ name: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let path = root.appending(path: "SampleStreams/\(name)").path
        try #require(
            FileManager.default.fileExists(atPath: path),
            "\(path) is missing: run `make samples`"
        )
        return path
    }

    @Test("Small pictures in memory give the alerts that the video itself gives")
    func isTheProduct() throws {
        let video = try sample("parked_car.mp4")
        var rule = ZoneRule(
            id: ZoneID(rawValue: "kerb"),
            kind: .noParking,
            polygon: Polygon([
                NormalizedPoint(x: 0.25, y: 0.69), NormalizedPoint(x: 0.79, y: 0.52),
                NormalizedPoint(x: 0.75, y: 0.44), NormalizedPoint(x: 0.24, y: 0.58),
            ])
        )
        rule.dwell = .seconds(10)
        let camera = CameraConfiguration(id: CameraID(rawValue: "c"), name: "c", zones: [rule])
        let product = try FolderEvaluation.product(model: nil)(
            URL(fileURLWithPath: video),
            camera
        ).opened
        let reel = try Reel.read(video: video, rate: StreamAnalysis.rate(of: camera), width: 480)
            .reel
        #expect(reel.size == (480, 270))
        var analysis = StreamAnalysis(camera: camera)
        let anchor = ClockAnchor(start: Instant(microseconds: 0), quality: .unknown)
        var opened: [Incident] = []
        for frame in reel.frames {
            opened += frame.picture
                .withView { analysis.analyse($0, at: frame.time, anchor: anchor) }
                .compactMap(\.incident)
                .filter { $0.phase == .opened }
        }
        #expect(!product.isEmpty && opened == product)
    }

    @Test("Coding anew keeps every frame and its time, at a quarter of the bit rate")
    func recoding() throws {
        let video = try sample("parked_car.mp4")
        let before = try Reel.read(video: video, rate: 240, width: 160)
        let rate = try #require(before.bitRate)
        #expect(abs(rate - 1_761_707 * 8 / 75) < 5_000)
        try Recoding.inTemporaryFolder { folder in
            let target = folder.appending(path: "coarse.mp4").path
            try Recoding.write(video, to: target, bitRate: rate * Recoding.share)
            let after = try Reel.read(video: target, rate: 240, width: 160)
            let share = try #require(after.bitRate) / rate
            #expect(share > 0.2 && share < 0.3)
            #expect(after.reel.frames.map(\.time) == before.reel.frames.map(\.time))
            #expect(after.reel.frames.last?.picture != before.reel.frames.last?.picture)
        }
    }

    @Test("A video that cannot be read is an error that names it")
    func unreadable() {
        #expect {
            try Reel.read(video: "/nowhere/street.mp4", rate: 5, width: 480)
        } throws: {
            "\($0)".contains("/nowhere/street.mp4")
        }
    }
}
