internal import CNATS
internal import Glibc
internal import Scene
internal import Site

/// One connection to a NATS system with JetStream; its calls block their thread, each for a bounded
/// time.
final class NATSConnection {
    private let connection: OpaquePointer
    private let stream: OpaquePointer

    /// Connects; the servers are tried in an order that chance gives.
    ///
    /// - Parameters:
    ///   - configuration: where to, and with which certificates.
    ///   - login: what tells the servers who the program is.
    ///   - milliseconds: how long each server, and later each answer, may take.
    /// - Throws: why there is no connection.
    init(
        _ configuration: NATSConfiguration,
        login: Login?,
        milliseconds: Int64
    ) throws(DeliveryFailure) {
        let options = try Self.options(configuration, login: login, milliseconds: milliseconds)
        defer { natsOptions_Destroy(options) }
        var connection: OpaquePointer?
        let status = natsConnection_Connect(&connection, options)
        let names = configuration.endpoints.map { "\($0.host):\($0.port)" }.joined(separator: ", ")
        guard status == NATS_OK, let connection else {
            throw Self.failure(status, "connect to \(names)")
        }
        var streamOptions = jsOptions()
        jsOptions_Init(&streamOptions)
        streamOptions.Wait = milliseconds
        var stream: OpaquePointer?
        let joined = natsConnection_JetStream(&stream, connection, &streamOptions)
        guard joined == NATS_OK, let stream else {
            natsConnection_Destroy(connection)
            throw Self.failure(joined, "use JetStream of \(names)")
        }
        self.connection = connection
        self.stream = stream
    }

    deinit {
        jsCtx_Destroy(stream)
        natsConnection_Destroy(connection)
    }

    /// What tells the servers who the program is, secrets read.
    enum Login {
        case user(String, password: String)
        case token(String)
        case key(publicKey: String, seedFile: String)
        case credentials(String)
    }

    /// Whether the connection stands.
    var isUp: Bool { natsConnection_Status(connection) == NATS_CONN_STATUS_CONNECTED }

    private static func options(
        _ configuration: NATSConfiguration,
        login: Login?,
        milliseconds: Int64
    ) throws(DeliveryFailure) -> OpaquePointer {
        var made: OpaquePointer?
        guard natsOptions_Create(&made) == NATS_OK, let options = made else {
            throw DeliveryFailure(.unavailable, "no memory for a connection")
        }
        do throws(DeliveryFailure) {
            func set(_ status: natsStatus, _ what: String) throws(DeliveryFailure) {
                guard status == NATS_OK else { throw failure(status, what) }
            }
            let urls = configuration.endpoints.map { endpoint in
                let host = endpoint.host.contains(":") ? "[\(endpoint.host)]" : endpoint.host
                return strdup("nats://\(host):\(endpoint.port)")
            }
            defer { for url in urls { free(url) } }
            var pointers = urls.map { UnsafePointer<CChar>($0) }
            try set(
                natsOptions_SetServers(options, &pointers, Int32(urls.count)),
                "use its servers"
            )
            try set(natsOptions_SetTimeout(options, milliseconds), "set the timeout")
            try set(natsOptions_SetWriteDeadline(options, milliseconds), "set the deadline")
            try set(natsOptions_SetAllowReconnect(options, false), "set reconnects")
            try set(natsOptions_SetName(options, "smartpatrol"), "set the name")
            // Answers wake the caller where they are read.
            try set(natsOptions_SetSendAsap(options, true), "set the sending")
            try set(Self.set(login, options), "use the login")
            guard configuration.endpoints.contains(where: \.isSecure) else { return options }
            let tls = configuration.tls
            try set(natsOptions_SetSecure(options, true), "use TLS")
            let authorities = tls.authorities ?? "/etc/ssl/certs/ca-certificates.crt"
            try set(
                natsOptions_LoadCATrustedCertificates(options, authorities),
                "read the certificates \(authorities)"
            )
            if let certificate = tls.certificate, let key = tls.key {
                try set(
                    natsOptions_LoadCertificatesChain(options, certificate, key),
                    "read the certificate \(certificate) and its key \(key)"
                )
            }
            if configuration.endpoints.count == 1 {
                let host = configuration.endpoints[0].host
                try set(natsOptions_SetExpectedHostname(options, host), "expect \(host)")
            }
        } catch {
            natsOptions_Destroy(options)
            throw error
        }
        return options
    }

    private static func set(_ login: Login?, _ options: OpaquePointer) -> natsStatus {
        switch login {
        case nil: NATS_OK
        case .user(let name, let password): natsOptions_SetUserInfo(options, name, password)
        case .token(let token): natsOptions_SetToken(options, token)
        case .key(let publicKey, let seedFile):
            natsOptions_SetNKeyFromSeed(options, publicKey, seedFile)
        case .credentials(let file):
            natsOptions_SetUserCredentialsFromFiles(options, file, nil)
        }
    }

    /// Makes the stream where there is none of its name.
    func ensure(
        _ name: String,
        subjects: String,
        _ wanted: NATSConfiguration.Stream
    )
        throws(DeliveryFailure)
    {
        var code = jsErrCode(rawValue: 0)
        var info: UnsafeMutablePointer<jsStreamInfo>?
        let found = js_GetStreamInfo(&info, stream, name, nil, &code)
        jsStreamInfo_Destroy(info)
        if found == NATS_OK { return }
        guard found == NATS_NOT_FOUND else {
            throw Self.failure(found, "look for the stream \(name)", code)
        }
        let status = Self.withStrings([name, subjects]) { texts in
            var configuration = jsStreamConfig()
            jsStreamConfig_Init(&configuration)
            var subjects = [texts[1]]
            configuration.Name = texts[0]
            configuration.SubjectsLen = 1
            configuration.Storage = js_FileStorage
            configuration.Retention = js_LimitsPolicy
            configuration.Discard = js_DiscardOld
            configuration.Replicas = Int64(wanted.replicas)
            configuration.MaxAge = wanted.maximumAge.microseconds * 1000
            configuration.MaxBytes = wanted.maximumBytes
            configuration.Duplicates = min(wanted.maximumAge.microseconds, 86_400_000_000) * 1000
            return subjects.withUnsafeMutableBufferPointer { buffer in
                configuration.Subjects = buffer.baseAddress
                return js_AddStream(nil, stream, &configuration, nil, &code)
            }
        }
        guard status == NATS_OK else {
            throw Self.failure(status, "create the stream \(name)", code)
        }
    }

    /// Publishes a message and waits until the stream has it.
    ///
    /// - Parameters:
    ///   - body: what.
    ///   - subject: where to.
    ///   - id: what the stream knows repeats by.
    ///   - name: the stream that has to take it.
    ///   - contentType: media type of the body.
    /// - Throws: `refused` for a message that is too large, else `unavailable`.
    func publish(
        _ body: String,
        subject: String,
        id: String,
        stream name: String,
        contentType: String
    ) throws(DeliveryFailure) {
        let bytes = Array(body.utf8)
        var made: OpaquePointer?
        let created = bytes.withUnsafeBytes { buffer in
            natsMsg_Create(
                &made,
                subject,
                nil,
                buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
                Int32(buffer.count)
            )
        }
        guard created == NATS_OK, let message = made else {
            throw Self.failure(created, "make a message")
        }
        defer { natsMsg_Destroy(message) }
        let headed = natsMsgHeader_Set(message, "Content-Type", contentType)
        guard headed == NATS_OK else { throw Self.failure(headed, "make a message") }
        var code = jsErrCode(rawValue: 0)
        let status = Self.withStrings([id, name]) { texts in
            var options = jsPubOptions()
            jsPubOptions_Init(&options)
            options.MsgId = texts[0]
            options.ExpectStream = texts[1]
            return js_PublishMsg(nil, stream, message, &options, &code)
        }
        guard status == NATS_OK else {
            throw Self.failure(status, "publish to the stream \(name) as \(subject)", code)
        }
    }

    /// Texts as C has them, for the length of a call.
    private static func withStrings<Result>(
        _ texts: [String],
        _ body: ([UnsafePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies.map { UnsafePointer($0) })
    }

    private static func failure(
        _ status: natsStatus,
        _ what: String,
        _ code: jsErrCode = jsErrCode(rawValue: 0)
    ) -> DeliveryFailure {
        let isRefusal =
            status == NATS_MAX_PAYLOAD || code == JSStreamMessageExceedsMaximumErr
        var last = NATS_OK
        var more = nats_GetLastError(&last).map { String(cString: $0) } ?? ""
        // "(conn.c:733): " says where in the library it came up.
        if more.hasPrefix("("), let end = more.firstRange(of: "): ") {
            more = String(more[end.upperBound...])
        }
        let text = String(cString: natsStatus_GetText(status))
        let detail = more.isEmpty || more == text || last != status ? "" : " (\(more))"
        let advice =
            status == NATS_NO_RESPONDERS
            ? "; no stream takes the subject: create it, or allow that with createStream" : ""
        return DeliveryFailure(
            isRefusal ? .refused : .unavailable,
            "cannot \(what): \(text)\(detail)\(advice)"
        )
    }
}
