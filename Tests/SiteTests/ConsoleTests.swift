import Scene
import Site
import Testing

@Suite struct ConsoleTests {
    private func text(_ section: String) -> String {
        "version: 1\nsite: {id: town}\nhttp: {\(section)}\ncameras: [{id: gate, zones: []}]"
    }

    @Test("Nothing listens unless the file says so, and then on this host alone")
    func usual() throws {
        #expect(try Samples.site(Samples.camera("")).console == nil)
        #expect(try Samples.site(text("")).console == ConsoleSettings())
        #expect(ConsoleSettings().isLoopback)
    }

    @Test("Paths of files are relative to the site file")
    func paths() throws {
        let keys = "address: 0.0.0.0, tokens: t, certificate: /c.pem, key: k.pem, port: 0"
        let console = try Samples.site(text(keys), file: "/etc/patrol/site.yaml").console
        #expect(
            console
                == ConsoleSettings(
                    address: "0.0.0.0",
                    port: 0,
                    certificate: "/c.pem",
                    key: "/etc/patrol/k.pem",
                    tokens: "/etc/patrol/t"
                )
        )
    }

    @Test(
        "Loopback is what only this host can reach",
        arguments: [
            ("127.0.0.1", true), ("127.8.8.8", true), ("localhost", true), ("::1", true),
            ("0.0.0.0", false), ("::", false), ("192.168.1.4", false), ("127.0.0.1.evil", false),
            ("127.0.0", false),
        ]
    )
    func loopback(address: String, isLoopback: Bool) {
        #expect(ConsoleSettings(address: address).isLoopback == isLoopback)
    }

    @Test(
        "What cannot be, or would be unsafe, is reported",
        arguments: [
            (
                "address: 0.0.0.0",
                "http.address: can be reached from other hosts; give the key tokens"
            ),
            ("address: box", "http.address: \"box\" is no address; write localhost, or digits"),
            ("port: 65536", "http.port: \"65536\" is out of range"),
            ("key: k.pem", "http.key: stands alone; give both certificate and key, or neither"),
            ("certificate: c", "http.certificate: stands alone"),
            ("adress: ::1", "http.adress: \"adress\" is not a key of this place"),
        ]
    )
    func mistakes(section: String, report: String) {
        let reports = Samples.reports(text(section))
        #expect(reports.count == 1)
        #expect(reports.first?.contains(report) == true, "\(reports)")
    }
}
