public import Scene

/// One event of an alert, as the world outside sees it: a CloudEvents 1.0 object of contract
/// version 1 (`docs/alerts.md`, `docs/alert.schema.json`).
///
/// It holds nothing of the wall clock: the same footage under the same site file gives the same
/// events, byte for byte. `source` and `id` together name the event; who sees a pair twice has
/// seen a repeat.
public struct AlertEvent: Hashable, Sendable, Codable {
    /// What happened to the alert.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// The rule was broken just now.
        case opened = "smartpatrol.alert.opened.v1"
        /// It goes on, and something worth telling changed.
        case updated = "smartpatrol.alert.updated.v1"
        /// It is over.
        case closed = "smartpatrol.alert.closed.v1"

        init(_ phase: Incident.Phase) {
            self =
                switch phase {
                case .opened: .opened
                case .updated: .updated
                case .closed: .closed
                }
        }
    }

    /// Names the schema of `data`.
    public static let dataSchema = "urn:smartpatrol:alert:v1#data"

    /// Version of CloudEvents: 1.0.
    public let specversion: String
    /// Unique within `source`: the alert's id, a dot and the revision; where the queue has made the
    /// alert louder, another dot and how often.
    public internal(set) var id: String
    /// Names site and camera: `/sites/<site>/cameras/<camera>`, percent-encoded.
    public let source: String
    /// What happened to the alert.
    public internal(set) var type: Kind
    /// When it happened, in civil time.
    public internal(set) var time: Timestamp
    /// Media type of `data`: application/json.
    public let datacontenttype: String
    /// Names the schema of `data`.
    public let dataschema: String
    /// The zone's id.
    public let subject: String
    /// What the alert says.
    public internal(set) var data: AlertData

    /// The event that tells of an incident.
    ///
    /// The box is cut to the picture and rounded to four decimals, seconds to milliseconds.
    public init(incident: Incident, context: AlertContext, evidence: [EvidenceFile]) {
        data = AlertData(incident: incident, context: context, evidence: evidence)
        specversion = "1.0"
        id = "\(data.alertID).\(data.revision)"
        source = context.source
        type = Kind(incident.phase)
        time = Timestamp(context.anchor.instant(at: incident.time))
        datacontenttype = "application/json"
        dataschema = Self.dataSchema
        subject = incident.zone.rawValue
    }

    /// The name of an alert: the first 16 bytes of SHA-256 over site, camera, stream, zone, kind,
    /// start and number of its incident, as 32 lowercase hexadecimal digits.
    public static func alertID(for incident: Incident, context: AlertContext) -> String {
        var hash = SHA256()
        hash.update(field: "smartpatrol.alert.v1")
        hash.update(field: context.site)
        hash.update(field: context.camera.id.rawValue)
        hash.update(field: context.stream.rawValue)
        hash.update(field: incident.zone.rawValue)
        hash.update(field: incident.kind.rawValue)
        hash.update(number: incident.startedAt.microseconds)
        hash.update(number: Int64(incident.number))
        return Digest.hexadecimal(hash.finish().prefix(16))
    }
}
