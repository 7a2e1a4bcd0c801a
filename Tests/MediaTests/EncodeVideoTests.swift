import Foundation
import Imaging
import Media
import Scene
import Testing

@Suite struct EncodeVideoTests {
    private func write(_ path: String, pictures: Int = 60) throws {
        let writer = try VideoWriter(
            path: path,
            width: 160,
            height: 96,
            frameRate: 12,
            constantRateFactor: 20,
            timescale: 12_000
        )
        for index in 0..<pictures {
            try writer.append(
                EncodePictures.picture(160, 96, step: index * 2),
                at: MediaTime(seconds: Double(index) / 12)
            )
        }
        try writer.finish()
    }

    @Test("Pictures come back in order, at their times, with a key frame every two seconds")
    func roundTrip() throws {
        try EncodePictures.withFile("clip.mp4") { path in
            try write(path)
            let reader = try VideoReader(url: path)
            var index = 0
            while let frame = try reader.next() {
                let wanted = EncodePictures.picture(160, 96, step: index * 2)
                let result = frame.copy()
                #expect(EncodePictures.difference(result.luma, wanted.luma) < 3)
                #expect(abs(frame.time.seconds - Double(index) / 12) < 0.0001)
                #expect(frame.isKeyframe == index.isMultiple(of: 24))
                #expect(!frame.isFullRange)
                index += 1
            }
            #expect(index == 60)
        }
    }

    /// Bits per second of a video of 20 seconds written to an average bit rate.
    private func bitRate(asked: Int) throws -> Double {
        try EncodePictures.withFile("rate.mp4") { path in
            let writer = try VideoWriter(
                path: path,
                width: 320,
                height: 192,
                frameRate: 12,
                averageBitRate: asked
            )
            for index in 0..<240 {
                try writer.append(
                    EncodePictures.picture(320, 192, step: index * 7),
                    at: MediaTime(seconds: Double(index) / 12)
                )
            }
            try writer.finish()
            let reader = try VideoReader(url: path)
            while try reader.next() != nil {}
            #expect(reader.statistics.bytes < (try EncodePictures.bytes(path).count))
            return Double(reader.statistics.bytes) * 8 / 20
        }
    }

    @Test("A file written to an average bit rate comes near it, and a reader counts its bytes")
    func averageBitRate() throws {
        let low = try bitRate(asked: 40_000)
        let high = try bitRate(asked: 80_000)
        #expect(low > 28_000 && low < 56_000, "\(low)")
        #expect(high > 56_000 && high < 112_000, "\(high)")
    }

    @Test("Uneven times are kept")
    func unevenTimes() throws {
        let times = [0.0, 0.05, 0.3, 0.34, 1.9]
        try EncodePictures.withFile("uneven.mp4") { path in
            let writer = try VideoWriter(path: path, width: 64, height: 64, frameRate: 10)
            for time in times {
                try writer.append(EncodePictures.picture(64, 64), at: MediaTime(seconds: time))
            }
            try writer.finish()
            let reader = try VideoReader(url: path)
            var found: [Double] = []
            while let frame = try reader.next() { found.append(frame.time.seconds) }
            #expect(found.count == times.count)
            for (a, b) in zip(found, times) { #expect(abs(a - b) < 0.0001) }
        }
    }

    @Test("The same pictures give the same bytes, without names or times of their making")
    func determinism() throws {
        let first = try EncodePictures.withFile("a.mp4") { path in
            try write(path)
            return try EncodePictures.bytes(path)
        }
        let second = try EncodePictures.withFile("b.mp4") { path in
            try write(path)
            return try EncodePictures.bytes(path)
        }
        #expect(first == second)
        for name in ["x264", "Lavf", "Lavc"] {
            #expect(!EncodePictures.contains(first, name))
        }
    }

    @Test("The index lies before the pictures")
    func faststart() throws {
        try EncodePictures.withFile("clip.mp4") { path in
            try write(path, pictures: 5)
            let data = Data(try EncodePictures.bytes(path))
            let index = try #require(data.range(of: Data("moov".utf8)))
            let pictures = try #require(data.range(of: Data("mdat".utf8)))
            #expect(index.lowerBound < pictures.lowerBound)
        }
    }

    @Test(
        "Sizes and rates that H.264 files cannot have are refused",
        arguments: [(161, 96, 12), (160, 8, 12), (160, 96, 0)]
    )
    func refused(width: Int, height: Int, rate: Int) throws {
        let error = #expect(throws: MediaError.self) {
            try VideoWriter(path: "unused.mp4", width: width, height: height, frameRate: rate)
        }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("unused.mp4") == true)
    }

    @Test("A path that cannot be written is named")
    func unwritable() throws {
        let path = "/nonexistent-folder/clip.mp4"
        let error = #expect(throws: MediaError.self) {
            try VideoWriter(path: path, width: 64, height: 64, frameRate: 10)
        }
        #expect(error?.message.contains(path) == true)
        #expect(error?.cause != nil)
    }

    @Test("A time that does not rise, another size and an empty file are refused")
    func misuse() throws {
        try EncodePictures.withFile("clip.mp4") { path in
            let writer = try VideoWriter(path: path, width: 64, height: 64, frameRate: 10)
            #expect(throws: MediaError.self) { try writer.finish() }
            let second = try VideoWriter(path: path, width: 64, height: 64, frameRate: 10)
            try second.append(Picture(width: 64, height: 64), at: .zero)
            #expect(throws: MediaError.self) {
                try second.append(Picture(width: 64, height: 64), at: .zero)
            }
            #expect(throws: MediaError.self) {
                try second.append(Picture(width: 32, height: 64), at: MediaTime(seconds: 1))
            }
        }
    }
}
