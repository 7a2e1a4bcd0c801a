import Foundation
import Media
import Scene
import Testing

@Suite struct FormatTests {
    @Test(
        "Every coding in every container gives all its frames at their times",
        arguments: [
            ("h264", "libx264 -preset ultrafast"), ("hevc", "libx265 -preset ultrafast"),
            ("mpeg4", "mpeg4"), ("mjpeg", "mjpeg"),
        ],
        ["mp4", "mkv", "avi", "ts"]
    )
    func everyFormat(coding: (name: String, encoder: String), container: String) throws {
        // MJPEG has no place in a transport stream.
        let encoder = container == "ts" && coding.name == "mjpeg" ? "mpeg2video" : coding.encoder
        let path = try Clips.make(
            "clip.\(container)",
            "-c:v \(encoder) -pix_fmt \(encoder == "mjpeg" ? "yuvj420p" : "yuv420p") -g 12",
            coding.name == "hevc" && container == "avi" ? "-vtag H265" : ""
        )
        let (frames, reader) = try readAll(path)
        #expect(reader.info.codec == (encoder == "mpeg2video" ? encoder : coding.name))
        #expect(reader.info.width == 160 && reader.info.height == 120)
        #expect(reader.info.isLive == false)
        #expect(abs((reader.info.nominalFrameRate ?? 0) - 25) < 0.01)
        #expect(abs((reader.info.duration ?? .zero).seconds - 1) < 0.1)
        #expect(frames.count == 25)
        #expect(frames.first?.isKeyframe == true)
        for (index, frame) in frames.enumerated() {
            #expect(abs(frame.time.seconds - Double(index) * 0.04) < 0.0011)
            #expect(!frame.isDamaged)
        }
        expectRisingTime(frames)
        #expect(reader.statistics.packets == 25)
        #expect(reader.statistics.frames == 25)
        #expect(reader.statistics.corruptPackets == 0)
        #expect(!reader.statistics.isTruncated)
    }

    @Test(
        "B-frames come in the order they are shown, each at its own time",
        arguments: [
            ("a.mp4", "libx264 -bf 3"), ("a.mkv", "libx264 -bf 3"), ("a.ts", "libx264 -bf 3"),
            ("b.mp4", "libx265 -bf 3"), ("c.mp4", "mpeg4 -bf 2"), ("c.avi", "mpeg4 -bf 2"),
            ("a.avi", "libx264 -bf 3"),
        ]
    )
    func bidirectional(name: String, encoder: String) throws {
        let path = try Clips.make(name, "-c:v \(encoder) -g 20 -pix_fmt yuv420p", seconds: 2)
        let frames = try readAll(path).frames
        #expect(frames.flatMap(samples) == (try Clips.rawVideo(path, pixelFormat: "yuv420p")))
        #expect(frames.count == 50)
        expectRisingTime(frames)
        for (index, frame) in frames.enumerated() {
            #expect(abs(frame.time.seconds - Double(index) * 0.04) < 0.0011)
        }
    }

    @Test("Variable frame rate keeps the stamps", arguments: ["mp4", "mkv", "ts"])
    func variableRate(container: String) throws {
        let path = try Clips.make(
            "vfr.\(container)",
            "-vf select='not(mod(n,3))+not(mod(n,7))+gt(n,60)' -vsync vfr",
            "-c:v libx264 -preset ultrafast -bf 0",
            seconds: 4
        )
        let frames = try readAll(path).frames
        let stamps = try Clips.stamps(path)
        #expect(frames.count == stamps.count)
        #expect(frames.count > 60)
        for (frame, stamp) in zip(frames, stamps) {
            #expect(abs(frame.time.seconds - stamp) < 0.000_002)
        }
        let steps = zip(frames, frames.dropFirst()).map { $1.time - $0.time }
        #expect(Set(steps.map { Int($0.seconds * 100) }).count > 1)
    }

    @Test("A path may hold characters that mean something in a URL")
    func oddPath() throws {
        let plain = try Clips.make("plain.mp4", "-c:v mpeg4")
        let odd = Clips.path("a:b %20 100%d ?x=1#y 街.mp4")
        try FileManager.default.copyItem(atPath: plain, toPath: odd)
        #expect(try readAll(odd).frames.count == 25)
        #expect(try readAll("file:" + odd).frames.count == 25)
    }

    @Test("The time a recording was made is taken from the container")
    func creationTime() throws {
        let stamp = "creation_time=2024-03-01T06:30:00Z"
        for name in ["made.mp4", "made.mkv"] {
            let path = try Clips.make(name, "-c:v mpeg4 -metadata \(stamp)")
            let info = try VideoReader(url: path).info
            #expect(info.creationTime == Instant(microseconds: 1_709_274_600_000_000))
        }
        let silent = try Clips.make("silent.mp4", "-c:v mpeg4")
        #expect(try VideoReader(url: silent).info.creationTime == nil)
    }

    @Test("Several threads decode the same pictures as one")
    func threads() throws {
        let path = try Clips.make("threads.mp4", "-c:v libx264 -bf 3 -pix_fmt yuv420p")
        let reader = try VideoReader(url: path, options: SourceOptions(threads: 3))
        var all: [UInt8] = []
        while let frame = try reader.next() { all += samples(frame) }
        #expect(all == (try Clips.rawVideo(path, pixelFormat: "yuv420p")))
    }

    @Test("A sound track beside the video changes nothing")
    func withSound() throws {
        let path = Clips.path("sound.mp4")
        try Clips.ffmpeg([
            "-f", "lavfi", "-i", "testsrc2=size=160x120:rate=25:duration=1", "-f", "lavfi", "-i",
            "sine=duration=3", "-c:v", "mpeg4", path,
        ])
        let (frames, reader) = try readAll(path)
        #expect(frames.count == 25)
        #expect(reader.statistics.packets == 25)
        #expect(!reader.statistics.isTruncated)
    }
}
