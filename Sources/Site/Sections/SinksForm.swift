internal import Scene

extension Form<SinksConfiguration> {
    /// The section `sinks`.
    static func sinks(site: String) -> Form {
        .mapping { reader in
            let ids = UniqueValues()
            let webhooks = Form<[WebhookConfiguration]>.list(
                of: .webhook(ids: ids),
                count: 0...16,
                "webhooks"
            )
            let brokers = Form<[MQTTConfiguration]>.list(
                of: .broker(ids: ids, site: site),
                count: 0...16,
                "brokers"
            )
            let systems = Form<[NATSConfiguration]>.list(
                of: .system(ids: ids),
                count: 0...16,
                "systems"
            )
            return SinksConfiguration(
                webhooks: reader.optional("webhook", webhooks) ?? [],
                mqtt: reader.optional("mqtt", brokers) ?? [],
                nats: reader.optional("nats", systems) ?? []
            )
        }
    }
}

extension NodeReader {
    /// The keys that all sinks have.
    fileprivate func sinkSettings(_ ids: UniqueValues) -> SinkSettings? {
        // The name of its cursor has "sink:" in front and at most 64 characters.
        let short = Form<String>.identifier.checked { id, _ in
            id.utf8.count > 48 ? Problem("is too long for a sink", "write up to 48") : nil
        }
        let id = required("id", short.unique(in: ids), example: "dispatch-core")
        let timeout = optional("timeout", .duration(.seconds(1) ... .seconds(60)))
        let tries = optional("tries", .whole(1...1000))
        guard let id else { return nil }
        var settings = SinkSettings(id: id)
        if let timeout { settings.timeout = timeout }
        if let tries { settings.tries = tries }
        return settings
    }

    /// The keys that tell of certificates.
    fileprivate func tlsFiles() -> TLSFiles {
        let files = TLSFiles(
            authorities: optional("caFile", .path),
            certificate: optional("certificate", .path),
            key: optional("key", .path)
        )
        for (one, other) in [("certificate", "key"), ("key", "certificate")]
        where value(of: one) != nil && value(of: other) == nil {
            value(of: one)?.report("stands without \(other)", suggestion: "write both or none")
        }
        return files
    }

    /// Reports certificates where nothing is encrypted.
    fileprivate func checkTLS(isSecure: Bool, scheme: String) {
        guard !isSecure else { return }
        for key in ["caFile", "certificate", "key"] {
            value(of: key)?.report(
                "has no meaning without TLS",
                suggestion: "write \(scheme):// in url"
            )
        }
    }
}

extension Form<WebhookConfiguration> {
    fileprivate static func webhook(ids: UniqueValues) -> Form {
        .mapping { reader in
            let settings = reader.sinkSettings(ids)
            let url = reader.required("url", .webURL, example: "https://core.example/alerts")
            let secret = reader.required("secret", .secret, example: "{file: hook.key}")
            let token = reader.optional("token", .secret)
            guard let settings, let url, let secret else { return nil }
            return WebhookConfiguration(settings: settings, url: url, secret: secret, token: token)
        }
    }
}

extension Form<MQTTConfiguration> {
    fileprivate static func broker(ids: UniqueValues, site: String) -> Form {
        .mapping { reader in
            let settings = reader.sinkSettings(ids)
            let endpoint = reader.required(
                "url",
                .endpoint(plain: ("mqtt", 1883), secure: ("mqtts", 8883)),
                example: "mqtts://broker.example"
            )
            let clientID = reader.optional("clientId", .identifier)
            let topic = reader.optional("topic", .path(of: "a topic", separator: "/"))
            let user = reader.optional("user", .text)
            let password = reader.optional("password", .secret)
            let tls = reader.tlsFiles()
            if let alone = reader.value(of: "password"), reader.value(of: "user") == nil {
                alone.report("stands without user", suggestion: "write both, or user alone")
            }
            guard let settings, let endpoint else { return nil }
            reader.checkTLS(isSecure: endpoint.isSecure, scheme: "mqtts")
            return MQTTConfiguration(
                settings: settings,
                endpoint: endpoint,
                clientID: clientID ?? "smartpatrol-\(site)-\(settings.id)",
                topic: topic ?? "smartpatrol",
                user: user,
                password: password,
                tls: tls
            )
        }
    }
}

extension Form<NATSConfiguration> {
    fileprivate static func system(ids: UniqueValues) -> Form {
        .mapping { reader in
            let settings = reader.sinkSettings(ids)
            let endpoint = Form<SinkEndpoint>.endpoint(plain: ("nats", 4222), secure: ("tls", 4222))
            let endpoints = reader.required(
                "url",
                .oneOrMany(of: endpoint, count: 1...16, "servers"),
                example: "tls://nats.example"
            )
            let name = Form<String>.identifier
            let stream = reader.optional("stream", name)
            let creates = reader.optional("createStream", .stream)
            let subject = reader.optional("subject", .path(of: "a subject", separator: "."))
            let login = login(reader)
            let tls = reader.tlsFiles()
            guard let settings, let endpoints, let first = endpoints.first else { return nil }
            if endpoints.contains(where: { $0.isSecure != first.isSecure }) {
                reader.value(of: "url")?.report(
                    "has servers with TLS and without",
                    suggestion: "write tls:// for all or for none"
                )
            }
            reader.checkTLS(isSecure: first.isSecure, scheme: "tls")
            return NATSConfiguration(
                settings: settings,
                endpoints: endpoints,
                stream: stream ?? "SMARTPATROL",
                creates: creates,
                subject: subject ?? "smartpatrol",
                login: login,
                tls: tls
            )
        }
    }

    private static func login(_ reader: NodeReader) -> NATSConfiguration.Login? {
        let user = reader.optional("user", .text)
        let password = reader.optional("password", .secret)
        let token = reader.optional("token", .secret)
        let key = reader.optional("nkey", .nkey)
        let credentials = reader.optional("credentialsFile", .path)
        let ways = ["user", "token", "nkey", "credentialsFile"].filter {
            reader.value(of: $0) != nil
        }
        if ways.count > 1 {
            reader.value(of: ways[1])?.report(
                "stands beside \(ways[0])",
                suggestion: "say in one way who the program is"
            )
        }
        for (one, other) in [("user", "password"), ("password", "user")]
        where reader.value(of: one) != nil && reader.value(of: other) == nil {
            reader.value(of: one)?.report("stands without \(other)", suggestion: "write both")
        }
        if let user, let password { return .user(user, password: password) }
        return token.map { .token($0) } ?? key ?? credentials.map { .credentials($0) }
    }
}

extension Form<NATSConfiguration.Login> {
    /// The two halves of an NKey.
    fileprivate static var nkey: Form {
        .mapping { reader in
            let key = Form<String>.scalar("a public NKey") { text in
                let isKey = text.count == 56 && text.hasPrefix("U") && !text.contains { $0 == " " }
                return isKey
                    ? .success(text)
                    : .failure(Problem("is not the public NKey of a user", "write its 56 signs"))
            }
            let publicKey = reader.required("public", key, example: "UABC…")
            let seed = reader.required("seedFile", .path, example: "nats.seed")
            guard let publicKey, let seed else { return nil }
            return .key(publicKey: publicKey, seedFile: seed)
        }
    }
}

extension Form<NATSConfiguration.Stream> {
    /// The section `createStream`.
    fileprivate static var stream: Form {
        .mapping { reader in
            var stream = NATSConfiguration.Stream()
            stream.replicas = reader.optional("replicas", .whole(1...5)) ?? stream.replicas
            if let days = reader.optional("keepDays", .whole(1...3660)) {
                stream.maximumAge = .seconds(Double(days) * 86_400)
            }
            if let megabytes = reader.optional("keepMegabytes", .whole(1...1_000_000)) {
                stream.maximumBytes = Int64(megabytes) << 20
            }
            return stream
        }
    }
}
