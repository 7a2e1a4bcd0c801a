import Scene
import Site
import Testing

@Suite struct SinkTests {
    private func text(_ sinks: String) -> String {
        """
        version: 1
        site: {id: town}
        cameras: [{id: gate, zones: []}]
        sinks:
        \(sinks)
        """
    }

    @Test("A short section has the defaults")
    func defaults() throws {
        let sinks = try Samples.site(
            text(
                """
                  webhook: [{id: a, url: "https://core.example/x?y=1", secret: {file: hook.key}}]
                  mqtt: [{id: b, url: mqtt://broker}]
                  nats: [{id: c, url: "tls://[::1]:4333", token: {environment: NATS_TOKEN}}]
                """
            ),
            file: "/etc/patrol/site.yaml"
        ).sinks
        #expect(sinks.webhooks.count == 1 && sinks.mqtt.count == 1 && sinks.nats.count == 1)
        #expect(sinks.webhooks[0].secret == .file("/etc/patrol/hook.key"))
        #expect(sinks.webhooks[0].settings == SinkSettings(id: "a"))
        #expect(sinks.mqtt[0].endpoint == SinkEndpoint(host: "broker", port: 1883))
        #expect(sinks.mqtt[0].clientID == "smartpatrol-town-b")
        #expect(sinks.mqtt[0].topic == "smartpatrol")
        #expect(
            sinks.nats[0].endpoints == [SinkEndpoint(host: "::1", port: 4333, isSecure: true)]
        )
        #expect(sinks.nats[0].creates == nil)
        #expect(sinks.nats[0].login == .token(.environment("NATS_TOKEN")))
        #expect(try Samples.site(Samples.zone("")).sinks.isEmpty)
    }

    @Test(
        "A mistake is reported with its place and what would be right",
        arguments: [
            ("webhook: [{id: a, secret: {file: k}}]", "url: is missing"),
            ("webhook: [{id: a, url: ftp://x, secret: {file: k}}]", "is not the URL of a web"),
            ("webhook: [{id: a, url: \"http://u:p@x/\", secret: {file: k}}]", "holds a user"),
            ("webhook: [{id: a, url: \"http://x/#a\", secret: {file: k}}]", "is not a URL"),
            ("webhook: [{id: a, url: http://x}]", "secret: is missing"),
            ("webhook: [{id: a, url: http://x, secret: sesame}]", "sesame"),
            ("webhook: [{id: a, url: http://x, secret: {}}]", "exactly one of"),
            (
                "webhook: [{id: a, url: http://x, secret: {file: a, environment: B}}]",
                "exactly one of"
            ),
            (
                "webhook: [{id: a, url: http://x, secret: {environment: \"${B}\"}}]",
                "is not the name of a variable"
            ),
            ("mqtt: [{id: a, url: mqtt://x, topic: a/#}]", "is not a topic"),
            ("mqtt: [{id: a, url: mqtt://x, topic: /a}]", "is not a topic"),
            ("mqtt: [{id: a, url: \"mqtt://x:0\"}]", "no port from 1 to 65535"),
            ("mqtt: [{id: a, url: \"mqtt://u:p@x\"}]", "holds a user"),
            ("mqtt: [{id: a, url: mqtt://x, caFile: ca.pem}]", "has no meaning without TLS"),
            ("mqtt: [{id: a, url: mqtts://x, key: k.pem}]", "stands without certificate"),
            ("mqtt: [{id: a, url: mqtt://x, password: {file: p}}]", "stands without user"),
            ("mqtt: [{id: a, url: mqtt://x}, {id: a, url: mqtt://y}]", "stands here twice"),
            ("nats: [{id: a, url: []}]", "has 0 servers and needs at least 1"),
            ("nats: [{id: a, url: [nats://x, tls://y]}]", "servers with TLS and without"),
            ("nats: [{id: a, url: nats://x, user: u}]", "stands without password"),
            (
                "nats: [{id: a, url: nats://x, token: {file: t}, credentialsFile: c}]",
                "stands beside token"
            ),
            ("nats: [{id: a, url: nats://x, subject: a.*}]", "is not a subject"),
            ("nats: [{id: a, url: nats://x, createStream: {replicas: 6}}]", "1 to 5"),
            (
                "nats: [{id: a, url: nats://x, nkey: {public: S, seedFile: s}}]",
                "is not the public NKey"
            ),
        ]
    )
    func mistakes(line: String, message: String) {
        let reports = Samples.reports(text("  " + line))
        #expect(reports.contains { $0.contains(message) }, "\(reports)")
        #expect(!reports.contains { $0.contains("u:p@") })
    }
}
