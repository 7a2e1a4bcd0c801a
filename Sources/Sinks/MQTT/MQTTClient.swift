internal import CMosquitto
internal import Glibc
internal import Scene
internal import Site

/// One connection to an MQTT 5 broker, made and used on one thread.
final class MQTTClient {
    /// What the library's callbacks tell.
    private final class News {
        /// The answer to the request to connect.
        var welcome: Int32?
        /// Why the connection ended.
        var farewell: Int32?
        /// The reason code of each message that was answered.
        var answers: [Int32: Int32] = [:]
        /// What the library last said of an error, such as that of a certificate.
        var complaint: String?
    }

    /// What the broker tells others when the connection breaks.
    struct Will {
        var topic: String
        var body: String
    }

    private let handle: OpaquePointer
    private let news = News()
    private let place: String

    private static let keepAlive: Int32 = 60
    private static let isReady: Bool = mosquitto_lib_init() == 0

    /// A client that is not connected.
    init(
        _ configuration: MQTTConfiguration,
        clientID: String,
        password: String?,
        will: Will?
    ) throws(DeliveryFailure) {
        let endpoint = configuration.endpoint
        place = "\(endpoint.host):\(endpoint.port)"
        guard Self.isReady, let handle = mosquitto_new(clientID, true, nil) else {
            throw DeliveryFailure(.unavailable, "no memory for a connection to \(place)")
        }
        self.handle = handle
        mosquitto_user_data_set(handle, Unmanaged.passUnretained(news).toOpaque())
        try check(
            mosquitto_int_option(
                handle,
                MOSQ_OPT_PROTOCOL_VERSION,
                Int32(MQTT_PROTOCOL_V5)
            ),
            "use MQTT 5"
        )
        _ = mosquitto_int_option(handle, MOSQ_OPT_TCP_NODELAY, 1)
        listen()
        if let user = configuration.user {
            try check(mosquitto_username_pw_set(handle, user, password), "set the user")
        }
        if endpoint.isSecure { try encrypt(configuration.tls) }
        if let will {
            let bytes = Array(will.body.utf8)
            try check(
                mosquitto_will_set_v5(
                    handle,
                    will.topic,
                    Int32(bytes.count),
                    bytes,
                    1,
                    true,
                    nil
                ),
                "set the last will"
            )
        }
    }

    deinit {
        mosquitto_destroy(handle)
    }

    private static func news(_ context: UnsafeMutableRawPointer?) -> News? {
        context.map { Unmanaged<News>.fromOpaque($0).takeUnretainedValue() }
    }

    private func listen() {
        mosquitto_connect_v5_callback_set(handle) { _, context, code, _, _ in
            MQTTClient.news(context)?.welcome = code
        }
        mosquitto_disconnect_v5_callback_set(handle) { _, context, code, _ in
            MQTTClient.news(context)?.farewell = code
        }
        mosquitto_publish_v5_callback_set(handle) { _, context, message, code, _ in
            MQTTClient.news(context)?.answers[message] = code
        }
        mosquitto_log_callback_set(handle) { _, context, level, text in
            guard level == MOSQ_LOG_ERR, let text else { return }
            MQTTClient.news(context)?.complaint = String(cString: text)
        }
    }

    private func encrypt(_ files: TLSFiles) throws(DeliveryFailure) {
        let folder = files.authorities == nil ? "/etc/ssl/certs" : nil
        let result = mosquitto_tls_set(
            handle,
            files.authorities,
            folder,
            files.certificate,
            files.key,
            nil
        )
        let names = [files.authorities, files.certificate, files.key].compactMap { $0 }
        try check(result, "read the certificates \(names.joined(separator: ", "))")
    }

    /// Connects and waits for the broker's word.
    func connect(
        to endpoint: SinkEndpoint,
        by deadline: ContinuousClock.Instant,
        mustStop: StopCheck
    ) throws(DeliveryFailure) {
        try check(
            mosquitto_connect_bind_async(
                handle,
                endpoint.host,
                Int32(endpoint.port),
                Self.keepAlive,
                nil
            ),
            "connect to \(place)"
        )
        while news.welcome == nil {
            guard ContinuousClock.now < deadline else {
                throw DeliveryFailure(.unavailable, "\(place) did not answer in time")
            }
            guard !mustStop() else { throw DeliveryFailure(.unavailable, "stopped") }
            try turn(20)
        }
        guard news.welcome == 0 else {
            let reason = news.welcome.map { String(cString: mosquitto_reason_string($0)) } ?? ""
            throw DeliveryFailure(.unavailable, "\(place) does not let the program in: \(reason)")
        }
    }

    /// Lets the library work for about so long.
    func turn(_ milliseconds: Int32) throws(DeliveryFailure) {
        errno = 0
        let result = mosquitto_loop(handle, milliseconds, 1)
        if result == MOSQ_ERR_SUCCESS.rawValue, news.farewell == nil { return }
        if let code = news.welcome, code != 0 { return }
        if let code = news.farewell, code >= 128 {
            throw DeliveryFailure(
                .unavailable,
                "\(place) closed the connection: \(String(cString: mosquitto_reason_string(code)))"
            )
        }
        try check(result == 0 ? Int32(MOSQ_ERR_CONN_LOST.rawValue) : result, "talk to \(place)")
    }

    /// Hands a message to the library.
    ///
    /// - Parameters:
    ///   - topic: where to.
    ///   - body: what.
    ///   - isRetained: whether the broker keeps it for those who come later.
    ///   - expiry: seconds until the broker may forget it; nil for never.
    ///   - contentType: media type of the body.
    /// - Returns: the message's number, for `answer(to:)`.
    /// - Throws: `refused` for a message that is too large for the broker, else `unavailable`.
    func publish(
        topic: String,
        body: String,
        isRetained: Bool = false,
        expiry: UInt32? = nil,
        contentType: String
    ) throws(DeliveryFailure) -> Int32 {
        var properties: OpaquePointer?
        defer { mosquitto_property_free_all(&properties) }
        var added = [
            mosquitto_property_add_byte(
                &properties,
                Int32(MQTT_PROP_PAYLOAD_FORMAT_INDICATOR.rawValue),
                1
            ),
            mosquitto_property_add_string(
                &properties,
                Int32(MQTT_PROP_CONTENT_TYPE.rawValue),
                contentType
            ),
        ]
        if let expiry {
            added.append(
                mosquitto_property_add_int32(
                    &properties,
                    Int32(MQTT_PROP_MESSAGE_EXPIRY_INTERVAL.rawValue),
                    expiry
                )
            )
        }
        for result in added { try check(result, "prepare a message for \(place)") }
        let bytes = Array(body.utf8)
        var message: Int32 = 0
        let result = mosquitto_publish_v5(
            handle,
            &message,
            topic,
            Int32(bytes.count),
            bytes,
            1,
            isRetained,
            properties
        )
        let isTooLarge =
            result == MOSQ_ERR_PAYLOAD_SIZE.rawValue
            || result == MOSQ_ERR_OVERSIZE_PACKET.rawValue
        if isTooLarge {
            throw DeliveryFailure(.refused, "\(bytes.count) bytes are too many for \(place)")
        }
        try check(result, "publish to \(place)")
        return message
    }

    /// The reason code that the broker acknowledged a message with; nil as long as it has not.
    func answer(to message: Int32) -> Int32? {
        news.answers[message]
    }

    /// Forgets the answers so far.
    func forgetAnswers() {
        news.answers = [:]
    }

    /// Ends the connection so that the broker does not send the last will.
    func disconnect() {
        _ = mosquitto_disconnect_v5(handle, 0, nil)
        for _ in 0..<10 where news.farewell == nil { _ = mosquitto_loop(handle, 20, 1) }
    }

    private func check(_ result: Int32, _ what: String) throws(DeliveryFailure) {
        guard result != MOSQ_ERR_SUCCESS.rawValue, result != MOSQ_ERR_CONN_PENDING.rawValue else {
            return
        }
        let system = result == MOSQ_ERR_ERRNO.rawValue ? String(cString: strerror(errno)) : nil
        let reason = system ?? String(cString: mosquitto_strerror(result))
        let more = news.complaint.map { " (\($0))" } ?? ""
        throw DeliveryFailure(.unavailable, "cannot \(what): \(reason)\(more)")
    }
}
