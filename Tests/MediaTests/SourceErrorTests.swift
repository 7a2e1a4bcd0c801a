import Foundation
import Glibc
import Media
import Testing

@Suite struct SourceErrorTests {
    @Test("A missing file, a directory and a pipe are named as such")
    func notAFile() throws {
        let missing = try #require(failure("/nowhere/at/all.mp4"))
        #expect(missing.code == .unavailable)
        #expect(missing.message == "/nowhere/at/all.mp4 does not exist; check the path")

        let directory = try #require(failure(Clips.folder.path))
        #expect(directory.code == .unsupported)
        #expect(directory.message.contains("is a directory"))

        let pipe = Clips.path("pipe.mp4")
        #expect(mkfifo(pipe, 0o600) == 0)
        let blocked = try #require(failure(pipe))
        #expect(blocked.code == .unsupported)
        #expect(blocked.message.contains("\(pipe) is a pipe"))
    }

    @Test("An empty file and a text file named .mp4 are invalid data")
    func notAVideo() throws {
        let empty = try #require(failure(try Clips.write("empty.mp4", [])))
        #expect(empty.code == .invalidData)
        #expect(empty.message.hasSuffix("empty.mp4 is empty; copy or record it again"))

        let text = Array(String(repeating: "This is no video at all.\n", count: 200).utf8)
        for name in ["text.mp4", "text.txt", "text"] {
            let error = try #require(failure(try Clips.write(name, text)))
            #expect([.invalidData, .unsupported].contains(error.code))
            #expect(error.message.contains(name))
        }
    }

    @Test("An MP4 without its index says that the recording was cut off")
    func withoutIndex() throws {
        let whole = try Clips.make("whole.mp4", "-c:v mpeg4", seconds: 2)
        let bytes = try Clips.bytes(whole)
        let cut = try Clips.write("cut.mp4", [UInt8](bytes.prefix(bytes.count / 2)))
        let error = try #require(failure(cut))
        #expect(error.code == .invalidData)
        #expect(error.message.contains("\(cut) is an MP4 without its index (moov)"))
        #expect(error.cause != nil)
    }

    @Test("Sound alone, and sound with a cover picture, are no video")
    func soundOnly() throws {
        let sound = Clips.path("sound.mp4")
        try Clips.ffmpeg(["-f", "lavfi", "-i", "sine=duration=1", sound])
        let error = try #require(failure(sound))
        #expect(error.code == .unsupported)
        #expect(error.message.contains("\(sound) has no video stream"))

        let covered = Clips.path("covered.m4a")
        try Clips.ffmpeg([
            "-f", "lavfi", "-i", "sine=duration=1", "-f", "lavfi", "-i",
            "testsrc2=size=160x120:rate=1:duration=1", "-c:v", "mjpeg", "-disposition:v",
            "attached_pic", "-f", "mp4", covered,
        ])
        #expect(failure(covered)?.code == .unsupported)
    }

    @Test("A file that may not be read says so")
    func unreadable() throws {
        let path = try Clips.make("secret.mp4", "-c:v mpeg4")
        #expect(chmod(path, 0) == 0)
        let error = try #require(try withoutPrivileges { failure(path) })
        #expect(error.code == .unavailable)
        #expect(error.message.contains("\(path) may not be read"))
        #expect(error.cause == "Permission denied")
    }

    @Test("A coding without a decoder is named")
    func unknownCoding() throws {
        let path = try Clips.make("coded.avi", "-c:v mpeg4 -vtag FMP4")
        var bytes = try Clips.bytes(path)
        let tag = Array("FMP4".utf8)
        for index in bytes.indices.dropLast(4) where bytes[index...].starts(with: tag) {
            bytes.replaceSubrange(index..<index + 4, with: Array("QZQZ".utf8))
        }
        let error = try #require(failure(try Clips.write("coded.avi", bytes)))
        #expect(error.code == .unsupported)
        #expect(error.message.contains("is coded as \"QZQZ\""))
    }

    @Test("A playlist that poses as a video does not reach into the network")
    func playlist() throws {
        let server = try SilentServer()
        let url = "http://127.0.0.1:\(server.port)/a.ts"
        let lines = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n\(url)\n#EXT-X-ENDLIST\n"
        let error = try #require(failure(try Clips.write("list.mp4", Array(lines.utf8))))
        #expect(error.code != .timedOut)
        #expect(!server.wasCalled)
    }

    /// Runs something without the right of the superuser to read every file.
    ///
    /// The file system's view of the user belongs to the thread, and only to it.
    private func withoutPrivileges<Result>(_ body: () throws -> Result) throws -> Result {
        typealias SetUser = @convention(c) (uid_t) -> Int32
        guard let symbol = dlsym(nil, "setfsuid") else {
            throw PreparationError(description: "setfsuid is missing from the C library")
        }
        let setUser = unsafeBitCast(symbol, to: SetUser.self)
        let nobody: uid_t = 65_534
        if geteuid() == 0 { _ = setUser(nobody) }
        defer { if geteuid() == 0 { _ = setUser(0) } }
        return try body()
    }
}
