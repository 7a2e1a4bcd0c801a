public import Scene

/// Where a secret is, which the site file itself never holds.
public enum SecretReference: Hashable, Sendable {
    /// The content of a file, without the line's end.
    case file(String)
    /// The value of an environment variable.
    case environment(String)
}

/// Where a broker listens.
public struct SinkEndpoint: Hashable, Sendable {
    /// Name or address, IPv6 without brackets.
    public var host: String
    /// 1 to 65535.
    public var port: Int
    /// Whether the connection is TLS.
    public var isSecure: Bool

    /// A place to connect to.
    public init(host: String, port: Int, isSecure: Bool = false) {
        self.host = host
        self.port = port
        self.isSecure = isSecure
    }
}

/// Which certificates hold for a TLS connection; paths of PEM files.
public struct TLSFiles: Hashable, Sendable {
    /// Who may sign the broker's certificate; nil for those that the system trusts.
    public var authorities: String?
    /// The client's own certificate, with its chain.
    public var certificate: String?
    /// The key of the client's certificate.
    public var key: String?

    /// Files; none for a server that the system trusts and that asks for no certificate.
    public init(authorities: String? = nil, certificate: String? = nil, key: String? = nil) {
        self.authorities = authorities
        self.certificate = certificate
        self.key = key
    }
}

/// What all sinks have.
public struct SinkSettings: Hashable, Sendable {
    /// Names the sink and its place in the log; unique among all sinks.
    public var id: String
    /// How long a connection, or an answer, may take.
    public var timeout: MediaSpan
    /// After so many refusals an event is put aside.
    public var tries: Int

    /// Settings; by default 10 seconds and 5 tries.
    public init(id: String, timeout: MediaSpan = .seconds(10), tries: Int = 5) {
        self.id = id
        self.timeout = timeout
        self.tries = tries
    }
}

/// A server that events are posted to.
public struct WebhookConfiguration: Hashable, Sendable {
    /// What all sinks have.
    public var settings: SinkSettings
    /// `http` or `https`, without user and password.
    public var url: String
    /// The key of the signature.
    public var secret: SecretReference
    /// What goes into `Authorization: Bearer`.
    public var token: SecretReference?

    /// A webhook.
    public init(
        settings: SinkSettings,
        url: String,
        secret: SecretReference,
        token: SecretReference? = nil
    ) {
        self.settings = settings
        self.url = url
        self.secret = secret
        self.token = token
    }
}

/// An MQTT broker.
public struct MQTTConfiguration: Hashable, Sendable {
    /// What all sinks have.
    public var settings: SinkSettings
    /// Where it listens.
    public var endpoint: SinkEndpoint
    /// Names the session; one at a time may use it.
    public var clientID: String
    /// What all topics begin with, without a slash at its end.
    public var topic: String
    /// Who the client is.
    public var user: String?
    /// The user's password.
    public var password: SecretReference?
    /// Certificates.
    public var tls: TLSFiles

    /// A broker.
    public init(
        settings: SinkSettings,
        endpoint: SinkEndpoint,
        clientID: String,
        topic: String = "smartpatrol",
        user: String? = nil,
        password: SecretReference? = nil,
        tls: TLSFiles = TLSFiles()
    ) {
        self.settings = settings
        self.endpoint = endpoint
        self.clientID = clientID
        self.topic = topic
        self.user = user
        self.password = password
        self.tls = tls
    }
}

/// The servers of a NATS system with JetStream.
public struct NATSConfiguration: Hashable, Sendable {
    /// Who the client is.
    public enum Login: Hashable, Sendable {
        /// A user with a password.
        case user(String, password: SecretReference)
        /// A token.
        case token(SecretReference)
        /// An NKey: its public half, and the file that holds the seed.
        case key(publicKey: String, seedFile: String)
        /// A credentials file, of a JWT and a seed.
        case credentials(String)
    }

    /// A stream that the program may create.
    public struct Stream: Hashable, Sendable {
        /// Servers that keep a copy, 1 to 5.
        public var replicas: Int
        /// How long messages are kept.
        public var maximumAge: MediaSpan
        /// Bytes that are kept at most.
        public var maximumBytes: Int64

        /// A stream; by default one copy, 30 days and 1 GiB.
        public init(
            replicas: Int = 1,
            maximumAge: MediaSpan = .seconds(30 * 86_400),
            maximumBytes: Int64 = 1 << 30
        ) {
            self.replicas = replicas
            self.maximumAge = maximumAge
            self.maximumBytes = maximumBytes
        }
    }

    /// What all sinks have.
    public var settings: SinkSettings
    /// At least one; all secure or none.
    public var endpoints: [SinkEndpoint]
    /// The stream that has to take the events.
    public var stream: String
    /// What is created where there is no such stream; nil where that is not allowed.
    public var creates: Stream?
    /// What all subjects begin with, without a dot at its end.
    public var subject: String
    /// Who the client is; nil where the servers ask for nobody.
    public var login: Login?
    /// Certificates.
    public var tls: TLSFiles

    /// The servers.
    public init(
        settings: SinkSettings,
        endpoints: [SinkEndpoint],
        stream: String = "SMARTPATROL",
        creates: Stream? = nil,
        subject: String = "smartpatrol",
        login: Login? = nil,
        tls: TLSFiles = TLSFiles()
    ) {
        self.settings = settings
        self.endpoints = endpoints
        self.stream = stream
        self.creates = creates
        self.subject = subject
        self.login = login
        self.tls = tls
    }
}

/// Where events are sent besides the queue.
public struct SinksConfiguration: Hashable, Sendable {
    /// Servers that events are posted to.
    public var webhooks: [WebhookConfiguration]
    /// MQTT brokers.
    public var mqtt: [MQTTConfiguration]
    /// NATS systems.
    public var nats: [NATSConfiguration]

    /// Sinks; none by default.
    public init(
        webhooks: [WebhookConfiguration] = [],
        mqtt: [MQTTConfiguration] = [],
        nats: [NATSConfiguration] = []
    ) {
        self.webhooks = webhooks
        self.mqtt = mqtt
        self.nats = nats
    }

    /// Whether there is none.
    public var isEmpty: Bool { webhooks.isEmpty && mqtt.isEmpty && nats.isEmpty }
}
