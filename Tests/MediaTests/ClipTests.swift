import Foundation
import Imaging
import Media
import Scene
import Testing

/// Clips are checked by decoding them, with the project's reader and with FFmpeg's own tools.
@Suite struct ClipTests {
    /// Reads a file to its end, or to a time, with a ring.
    private func read(
        _ path: String,
        _ limits: PacketRing.Limits = PacketRing.Limits(span: .seconds(60), bytes: 1 << 24),
        until end: Double = .infinity
    ) throws -> (ring: PacketRing, frames: [VideoFrame]) {
        let ring = PacketRing(limits)
        let reader = try VideoReader(url: path)
        reader.ring = ring
        var frames: [VideoFrame] = []
        while let frame = try reader.next() {
            frames.append(frame)
            if frame.time.seconds >= end { break }
        }
        return (ring, frames)
    }

    static let codings = [
        "-c:v libx264 -g 25 -bf 0 -pix_fmt yuv420p",
        "-c:v libx264 -g 25 -bf 3 -pix_fmt yuv420p",
        "-c:v libx264 -g 25 -bf 2 -flags +cgop -x264opts b-pyramid=normal -pix_fmt yuv420p",
        "-c:v libx265 -g 25 -x265-params log-level=none:keyint=25:open-gop=0 -pix_fmt yuv420p",
        "-c:v mpeg4 -g 25", "-c:v mjpeg -pix_fmt yuvj420p",
    ]

    @Test(
        "A clip begins with a key frame, and each of its frames is that of the same time",
        arguments: codings,
        ["source.mp4", "source.mkv", "source.ts"]
    )
    func frames(coding: String, container: String) throws {
        guard !(container == "source.ts" && coding.contains("mjpeg")) else { return }
        let path = try Clips.make(container, coding, seconds: 6)
        let (ring, frames) = try read(path)
        let source = try #require(
            ring.section(from: MediaTime(seconds: 2.5), to: MediaTime(seconds: 4.5))
        )
        let clip = Clips.path("clip.mp4")
        try ClipWriter.write(source, to: clip)
        let decoded = try readAll(clip)
        #expect(decoded.frames.first?.isKeyframe == true)
        #expect(source.start.seconds <= 2.5 && source.start.seconds >= 1.2)
        #expect(source.end.seconds >= 4.3 && source.end.seconds <= 4.6)
        #expect(decoded.frames.count >= 40)
        #expect(decoded.reader.statistics.damagedFrames == 0)
        for frame in decoded.frames {
            let time = source.start + (frame.time - .zero)
            let same = try #require(frames.first { $0.time == time }, "\(time.seconds)")
            let isSame = samples(same) == samples(frame)
            #expect(isSame, "\(time.seconds)")
        }
        // A player that knows nothing of us sees the same.
        #expect(try Clips.stamps(clip).count == decoded.frames.count)
    }

    @Test("The same packets give the same bytes")
    func determinism() throws {
        let path = try Clips.make("source.mp4", Self.codings[1], seconds: 4)
        let clips = try (0..<2).map { _ in
            let source = try #require(
                try read(path).ring.section(from: .zero, to: MediaTime(seconds: 3))
            )
            let clip = Clips.path("clip.mp4")
            try ClipWriter.write(source, to: clip)
            return try Clips.bytes(clip)
        }
        #expect(clips[0] == clips[1])
    }

    @Test("A ring keeps its span and no more than whole groups, and begins with a key frame")
    func span() throws {
        let path = try Clips.make("source.mp4", Self.codings[0], seconds: 20)
        let (ring, frames) = try read(path, .init(span: .seconds(3), bytes: 1 << 24))
        let end = try #require(frames.last?.time)
        let source = try #require(ring.section(from: .zero, to: end))
        #expect((source.end - source.start).seconds >= 3)
        #expect((source.end - source.start).seconds <= 4.1)
        #expect(ring.section(from: .zero, to: MediaTime(seconds: 2)) == nil)
    }

    @Test("A ring never holds more bytes than it may")
    func bytes() throws {
        let path = try Clips.make("source.mp4", Self.codings[0], seconds: 10, size: "640x360")
        let limit = 60_000
        let ring = PacketRing(.init(span: .seconds(60), bytes: limit, landmarks: 50))
        let reader = try VideoReader(url: path)
        reader.ring = ring
        var most = 0
        while try reader.next() != nil { most = max(most, ring.bytes) }
        #expect(most <= limit)
        #expect(most > limit / 4)
    }

    @Test("A picture of long ago comes from a key frame that was kept")
    func landmarks() throws {
        let path = try Clips.make("source.mp4", Self.codings[1], seconds: 20)
        let limits = PacketRing.Limits(span: .seconds(2), bytes: 1 << 24, landmarks: 100)
        let (ring, frames) = try read(path, limits)
        let key = try #require(ring.keyframe(near: MediaTime(seconds: 4.2)))
        #expect(abs(key.start.seconds - 4.2) <= 1.1)
        let picture = try key.firstFrame()
        #expect(picture.isKeyframe)
        let same = try #require(frames.first { $0.time == picture.time })
        #expect(samples(same) == samples(picture))
    }

    @Test("A coding that MP4 does not take is refused with its name")
    func unsupported() throws {
        let path = try Clips.make("source.avi", "-c:v huffyuv -pix_fmt yuv422p")
        let source = try #require(
            try read(path).ring.section(from: .zero, to: MediaTime(seconds: 1))
        )
        let error = #expect(throws: MediaError.self) {
            try ClipWriter.write(source, to: Clips.path("clip.mp4"))
        }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("huffyuv") == true)
    }
}
