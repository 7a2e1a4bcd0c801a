internal import Alerts
internal import Scene

/// An event on its way to a sink.
struct Parcel: Sendable {
    /// Place in the log; 0 for what is not of the log.
    let sequence: Int64
    /// Unique within the source, and among all events of a site.
    let id: String
    /// The event as it is handed out: a CloudEvents object in JSON.
    let body: String
    /// The last parts of its topic or subject, such as `alert`, `gate-1`, `no_parking`.
    let route: [String]
    /// When it was kept.
    let recordedAt: Instant?
    /// When nobody needs to act on it any longer.
    let expiresAt: Instant?

    /// Media type of the body.
    static let contentType = "application/cloudevents+json; charset=utf-8"

    /// An event of the log.
    init(_ stored: StoredEvent) throws(AlertError) {
        let event = try stored.event()
        let sort =
            switch event {
            case .alert: "alert"
            case .health: "health"
            }
        let matter = event.common.matter
        self.init(
            sequence: stored.sequence,
            id: event.common.id,
            body: stored.delivered,
            route: [sort, matter.camera.id.rawValue, matter.topic],
            recordedAt: stored.recordedAt,
            expiresAt: stored.expiresAt
        )
    }

    init(
        sequence: Int64,
        id: String,
        body: String,
        route: [String],
        recordedAt: Instant? = nil,
        expiresAt: Instant? = nil
    ) {
        self.sequence = sequence
        self.id = id
        self.body = body
        self.route = route.map(Self.word)
        self.recordedAt = recordedAt
        self.expiresAt = expiresAt
    }

    /// The topic or subject, with what all of a sink begin with in front.
    func address(prefix: String, site: String, separator: String) -> String {
        ([prefix, Self.word(site)] + route).joined(separator: separator)
    }

    /// A part of a topic: what could mean something to a broker becomes `_`.
    static func word(_ text: String) -> String {
        let word = text.map { character in
            character.isASCII && (character.isLetter || character.isNumber)
                || "-_".contains(character) ? character : "_"
        }
        return word.isEmpty ? "_" : String(word)
    }
}
