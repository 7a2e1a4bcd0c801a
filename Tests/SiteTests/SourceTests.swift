import Site
import Testing

@Suite struct SourceTests {
    static let mistakes: [Mistake] = [
        Mistake(
            Samples.camera("source: rstp://192.0.2.1/live"),
            "5:13: cameras[0].source: \"rstp://192.0.2.1/live\" has the unknown scheme rstp; "
                + "did you mean rtsp?"
        ),
        Mistake(
            Samples.camera("source: rtsp:///live"),
            "5:13: cameras[0].source: \"rtsp:///live\" names no host"
        ),
        Mistake(
            Samples.camera("source: rtsp://u:${GATE-PASSWORD}@192.0.2.1/live"),
            "5:13: cameras[0].source: \"rtsp://***@192.0.2.1/live\" has a ${ that is not of the "
                + "form ${NAME}; write ${NAME}"
        ),
        Mistake(
            Samples.camera("source: rtsp://u:${GATE_PASSWORD}@192.0.2.1/live"),
            "5:13: cameras[0].source: \"rtsp://***@192.0.2.1/live\" needs the environment "
                + "variable GATE_PASSWORD, which is not set; set it where the program is started"
        ),
        Mistake(
            Samples.camera("source: ''"),
            "5:13: cameras[0].source: \"\" is empty; write a URL or a path"
        ),
    ]

    @Test("A source that cannot be opened is reported without its secrets", arguments: mistakes)
    func reports(mistake: Mistake) {
        #expect(Samples.reports(mistake.text) == [mistake.report])
    }

    @Test("A variable that is not set is no mistake where sources are not opened")
    func unresolved() throws {
        let site = try SiteConfiguration.parse(
            text: Samples.camera("source: rtsp://u:${GATE_PASSWORD}@192.0.2.1/live"),
            file: "site.yaml",
            environment: [:],
            resolveSecrets: false
        )
        let source = try #require(site.cameras[0].source)
        let error = #expect(throws: SiteError.self) {
            try source.resolved(environment: ["GATE_PASSWORD": ""])
        }
        #expect(
            error?.description
                == "source: the environment variable GATE_PASSWORD is not set; "
                + "set it where the program is started"
        )
    }

    @Test("A secret reaches the resolved address and nothing that is printed")
    func secrets() throws {
        let environment = ["GATE_PASSWORD": "s3cret", "TOKEN": "t0ken"]
        let site = try Samples.site(
            Samples.camera("source: rtsp://u:${GATE_PASSWORD}@192.0.2.1/live?channel=1&t=${TOKEN}"),
            environment: environment
        )
        let source = try #require(site.cameras[0].source)
        let address = try source.resolved(environment: environment)
        #expect(address == "rtsp://u:s3cret@192.0.2.1/live?channel=1&t=t0ken")
        #expect(SourceAddress.redacted(address) == "rtsp://***@192.0.2.1/live?channel=1&t=***")
        var dumped = ""
        dump(site.cameras, to: &dumped)
        for text in ["\(source)", String(reflecting: source), "\(site.cameras)", dumped] {
            #expect(!text.contains("s3cret") && !text.contains("t0ken"))
        }
    }

    @Test(
        "A secret that is written out is not printed",
        arguments: [
            ("rtsp://admin:pw@192.0.2.1:554/live", "rtsp://***@192.0.2.1:554/live"),
            ("rtsp://admin:p@w@192.0.2.1/live", "rtsp://***@192.0.2.1/live"),
            ("rtsp://admin:p/w@192.0.2.1/live", "rtsp://***@192.0.2.1/live"),
            ("rtsp://admin:p?w@192.0.2.1/live", "rtsp://***@192.0.2.1/live"),
            ("rtsp://192.0.2.1:554/a@b", "rtsp://192.0.2.1:554/a@b"),
            (
                "http://cam.example/get?user=u&pwd=x&stream=0&key",
                "http://cam.example/get?user=***&pwd=***&stream=0&***"
            ),
            ("recordings/river.mp4", "recordings/river.mp4"),
        ]
    )
    func redaction(address: String, shown: String) {
        #expect(SourceAddress.redacted(address) == shown)
        #expect("\(SourceAddress(address))" == shown)
        #expect(String(reflecting: SourceAddress(address)) == "\(shown)")
    }

    @Test(
        "A relative path starts from the folder of the site file",
        arguments: [
            ("sites/town/site.yaml", "clip.mp4", "sites/town/clip.mp4"),
            ("/etc/site.yaml", "video/clip.mp4", "/etc/video/clip.mp4"),
            ("/site.yaml", "clip.mp4", "/clip.mp4"),
            ("site.yaml", "clip.mp4", "clip.mp4"),
            ("sites/site.yaml", "/media/clip.mp4", "/media/clip.mp4"),
            ("sites/site.yaml", "${CLIPS}/clip.mp4", "/media/clip.mp4"),
            ("sites/site.yaml", "rtsp://192.0.2.1/live", "rtsp://192.0.2.1/live"),
        ]
    )
    func paths(file: String, source: String, resolved: String) throws {
        let environment = ["CLIPS": "/media"]
        let site = try Samples.site(
            Samples.camera("source: \(source)"),
            file: file,
            environment: environment
        )
        #expect(try site.cameras[0].source?.resolved(environment: environment) == resolved)
    }
}
