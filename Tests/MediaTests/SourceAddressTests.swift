import Testing

@testable import Media

@Suite struct SourceAddressTests {
    @Test(
        "What is printed of a URL holds no secret",
        arguments: [
            ("rtsp://admin:pa55@10.0.0.7:554/1", "rtsp://admin:***@10.0.0.7:554/1"),
            ("rtsp://admin:p@ss@cam/1", "rtsp://admin:***@cam/1"),
            ("rtsp://admin:pa/ss@cam/1", "rtsp://admin:***@cam/1"),
            ("rtsp://t0ken@cam/1", "rtsp://***@cam/1"),
            ("rtsp://cam/1?user=a&password=b&c=1", "rtsp://cam/1?user=a&password=***&c=1"),
            ("http://cam/v.mp4?token=abc", "http://cam/v.mp4?token=***"),
            ("rtsp://cam:554/user=a_password=b_1/x", "rtsp://cam:554/user=a_password=***/x"),
            ("rtsp://cam:8554/a@b", "rtsp://cam:8554/a@b"),
            ("rtsp://cam/1", "rtsp://cam/1"),
            ("folder/a:b@c.mp4", "folder/a:b@c.mp4"),
        ]
    )
    func redaction(url: String, printed: String) {
        #expect(SourceAddress(url).description == printed)
    }

    @Test("A path is a path whatever characters it has")
    func paths() {
        #expect(SourceAddress("/a/b:c%20d.mp4").location == "file:/a/b:c%20d.mp4")
        #expect(SourceAddress("file:/a/b.mp4").location == "file:/a/b.mp4")
        #expect(SourceAddress("file:///a/b.mp4").location == "file:/a/b.mp4")
        #expect(SourceAddress("concat:a|b").location == "file:concat:a|b")
    }

    @Test("Cameras' schemes are live, the web's are not by themselves")
    func liveness() {
        #expect(SourceAddress("RTSP://cam/1").isLive)
        #expect(!SourceAddress("http://cam/v.mp4").isLive)
        #expect(SourceAddress("http://cam/v.mp4").isNetwork)
        #expect(!SourceAddress("rtsp.mp4").isNetwork)
    }
}
