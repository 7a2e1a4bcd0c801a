import Dispatch
import Foundation
import Glibc
import Media
import Scene
import Testing

@Suite struct LiveTests {
    private let patient = SourceOptions(openTimeout: .seconds(20), readTimeout: .seconds(20))

    @Test("A live stream over RTSP gives frames from a key frame on, at rising times")
    func reads() throws {
        let server = try RTSPServer()
        let reader = try VideoReader(url: server.url, options: patient)
        #expect(reader.info.isLive)
        #expect(reader.info.codec == "h264")
        #expect(reader.info.width == 160 && reader.info.height == 120)
        #expect(reader.info.duration == nil)
        var frames: [VideoFrame] = []
        while frames.count < 20, let frame = try reader.next() { frames.append(frame) }
        #expect(frames.first?.isKeyframe == true)
        expectRisingTime(frames)
        #expect(abs((frames.last?.time.seconds ?? 0) - 19 * 0.04) < 0.1)
        #expect(reader.statistics.corruptPackets == 0)
    }

    @Test("A camera that falls silent times out, once and for good")
    func freezes() throws {
        let server = try RTSPServer()
        let options = SourceOptions(openTimeout: .seconds(20), readTimeout: .seconds(2))
        let reader = try VideoReader(url: server.url, options: options)
        #expect(try reader.next() != nil)
        server.send(SIGSTOP)
        let error = try #require(endOf(reader))
        #expect(error.code == .timedOut)
        #expect(error.message.contains(server.url))
        #expect(endOf(reader)?.code == .timedOut)
        server.send(SIGCONT)
    }

    @Test("A camera that goes away is unavailable")
    func goesAway() throws {
        let server = try RTSPServer()
        let reader = try VideoReader(url: server.url, options: patient)
        #expect(try reader.next() != nil)
        server.send(SIGKILL)
        let error = try #require(endOf(reader))
        #expect(error.code == .unavailable)
        #expect(error.message.contains("has ended; connect again"))
    }

    @Test("A wrong password is refused, and never printed")
    func access() throws {
        let server = try RTSPServer(user: "guard", password: "right")
        let place = server.url.dropFirst("rtsp://".count)
        let error = try #require(failure("rtsp://guard:wr0ng@\(place)", options: patient))
        #expect(error.code == .unavailable)
        #expect(error.description.contains("check the user name and password"))
        #expect(!error.description.contains("wr0ng"))
        let reader = try VideoReader(url: "rtsp://guard:right@\(place)", options: patient)
        #expect(try reader.next() != nil)
    }

    @Test("A stream that the server does not have is named")
    func noSuchStream() throws {
        let server = try RTSPServer()
        let error = try #require(failure(server.url + "-other", options: patient))
        #expect(error.code == .unavailable)
        #expect(error.message.contains("has no such stream"))
    }

    @Test("A refused connection says so")
    func refused() throws {
        let port = try SilentServer().port
        let url = "rtsp://127.0.0.1:\(port)/stream"
        let error = try #require(failure(url, options: patient))
        #expect(error.code == .unavailable)
        #expect(error.message.hasPrefix("\(url) refused the connection"))
    }

    @Test("A server that accepts and never answers times out", arguments: ["rtsp", "http"])
    func neverAnswers(scheme: String) throws {
        let server = try SilentServer()
        let url = "\(scheme)://127.0.0.1:\(server.port)/stream"
        let options = SourceOptions(openTimeout: .milliseconds(500), readTimeout: .seconds(20))
        let error = try #require(failure(url, options: options))
        #expect(error.code == .timedOut)
        #expect(error.message.contains("did not answer within 0.5 seconds"))
    }

    @Test("Another thread can cancel an open that blocks")
    func cancelsOpen() throws {
        let server = try SilentServer()
        let cancellation = Cancellation()
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.3) { cancellation.cancel() }
        let error = #expect(throws: MediaError.self) {
            try VideoReader(
                url: "rtsp://127.0.0.1:\(server.port)/stream",
                options: patient,
                cancellation: cancellation
            )
        }
        #expect(error?.code == .cancelled)
    }

    @Test("Another thread can cancel a read that blocks")
    func cancelsRead() throws {
        let server = try RTSPServer()
        let cancellation = Cancellation()
        let reader = try VideoReader(
            url: server.url,
            options: patient,
            cancellation: cancellation
        )
        #expect(try reader.next() != nil)
        server.send(SIGSTOP)
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.3) { cancellation.cancel() }
        #expect(endOf(reader)?.code == .cancelled)
    }

    @Test("A cancelled reader of a recording stops as well")
    func cancelsFile() throws {
        let path = try Clips.make("cancelled.mp4", "-c:v mpeg4")
        let cancellation = Cancellation()
        let reader = try VideoReader(url: path, cancellation: cancellation)
        #expect(try reader.next() != nil)
        cancellation.cancel()
        #expect(endOf(reader)?.code == .cancelled)
    }

    /// The error at which reading ends.
    private func endOf(_ reader: VideoReader) -> MediaError? {
        do throws(MediaError) {
            while try reader.next() != nil {}
            return nil
        } catch {
            return error
        }
    }
}
