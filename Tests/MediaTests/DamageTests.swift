import Foundation
import Media
import Scene
import Testing

@Suite struct DamageTests {
    @Test("A change of resolution in mid-stream changes the frames' size and nothing else")
    func resolutionChange() throws {
        let encoder = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p"
        let small = try Clips.make("small.ts", encoder, seconds: 2)
        let large = try Clips.make("large.ts", encoder, size: "320x240")
        let both = try Clips.write("both.ts", Clips.bytes(small) + Clips.bytes(large))
        let (frames, reader) = try readAll(both)
        #expect(frames.count == 75)
        #expect(frames.filter { $0.width == 160 && $0.height == 120 }.count == 50)
        #expect(frames.filter { $0.width == 320 && $0.height == 240 }.count == 25)
        #expect(reader.statistics.resolutionChanges == 1)
        expectRisingTime(frames)
        #expect(abs((frames.last?.time.seconds ?? 0) - 74 * 0.04) < 0.01)
    }

    @Test(
        "Damage in the middle costs some frames, not the rest",
        arguments: ["damaged.ts", "damaged.mkv", "damaged.mp4", "damaged.avi"]
    )
    func damagedMiddle(name: String) throws {
        let path = try Clips.make(name, "-c:v libx264 -preset ultrafast -g 25", seconds: 4)
        var bytes = try Clips.bytes(path)
        var random = SplitMix(state: 3)
        for index in bytes.count * 2 / 5..<bytes.count / 2 where index % 7 == 0 {
            bytes[index] = UInt8.random(in: 0...255, using: &random)
        }
        let (frames, reader) = try readAll(try Clips.write(name, bytes))
        #expect(frames.count > 40)
        let noticed = reader.statistics.corruptPackets + reader.statistics.damagedFrames
        // Matroska goes on at the next cluster without a word.
        #expect(noticed > 0 || frames.count < 100)
        #expect(frames.filter(\.isDamaged).count == reader.statistics.damagedFrames)
        expectRisingTime(frames)
        #expect((frames.last?.time.seconds ?? 0) > 3.5)
    }

    @Test("A recording that was cut off gives the frames it has, and says so")
    func truncated() throws {
        let whole = try Clips.make(
            "whole.mp4",
            "-c:v libx264 -preset ultrafast -g 25 -movflags +faststart",
            seconds: 6
        )
        let bytes = try Clips.bytes(whole)
        let cut = try Clips.write("cut.mp4", [UInt8](bytes.prefix(bytes.count / 2)))
        let (frames, reader) = try readAll(cut)
        #expect(frames.count > 20 && frames.count < 140)
        #expect(reader.statistics.isTruncated)
        expectRisingTime(frames)
    }

    @Test("A transport stream that was cut off gives the frames it has")
    func truncatedTransportStream() throws {
        let whole = try Clips.make("whole.ts", "-c:v libx264 -preset ultrafast", seconds: 2)
        let bytes = try Clips.bytes(whole)
        let cut = try Clips.write("cut.ts", [UInt8](bytes.prefix(bytes.count / 2)))
        let frames = try readAll(cut).frames
        #expect(frames.count > 10 && frames.count < 50)
        expectRisingTime(frames)
    }

    @Test("A stream that begins between key frames starts at zero with its first whole frame")
    func startsInTheMiddle() throws {
        let whole = try Clips.make("whole.ts", "-c:v libx264 -preset ultrafast -g 25", seconds: 3)
        let bytes = try Clips.bytes(whole)
        let packets = bytes.count / 188
        let late = try Clips.write("late.ts", [UInt8](bytes.dropFirst(packets / 6 * 188)))
        let frames = try readAll(late).frames
        #expect(frames.count >= 25 && frames.count < 75)
        #expect(frames.first?.isKeyframe == true)
        expectRisingTime(frames)
    }

    @Test("A bare stream without any stamps gets its time from the rate it states")
    func bareStream() throws {
        let path = try Clips.make("bare.h264", "-c:v libx264 -preset ultrafast -bf 0", rate: 10)
        let (frames, reader) = try readAll(path)
        #expect(frames.count == 10)
        expectRisingTime(frames)
        let rate = try #require(reader.info.nominalFrameRate)
        #expect(abs((frames.last?.time.seconds ?? 0) - 9 / rate) < 0.05)
    }

    @Test("A recording in which nothing decodes is an error, not an empty success")
    func nothingDecodes() throws {
        let path = try Clips.make(
            "noise.mp4",
            "-c:v libx264 -preset ultrafast -movflags +faststart"
        )
        var bytes = try Clips.bytes(path)
        let start = try #require(
            bytes.indices.first { bytes[$0...].starts(with: Array("mdat".utf8)) }
        )
        var random = SplitMix(state: 5)
        for index in start + 4..<bytes.count {
            bytes[index] = UInt8.random(in: 0...255, using: &random)
        }
        let error = try #require(failure(try Clips.write("noise.mp4", bytes)))
        #expect(error.code == .invalidData)
        #expect(error.message.contains("noise.mp4"))
    }
}
