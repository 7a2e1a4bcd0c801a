public import Scene

/// Everything of an event that does not come from its matter: where, on which stream, and what its
/// clock is worth.
public struct AlertContext: Sendable {
    /// Names the site.
    public var site: String
    /// The camera that saw it, or that has it.
    public var camera: AlertCamera
    /// The run of video in which it was seen.
    public var stream: StreamIdentity
    /// Ties the stream's time to civil time.
    public var anchor: ClockAnchor
    /// What people call the camera's zones; a zone that is missing here goes by its id.
    public var zoneNames: [ZoneID: String]
    /// What counts as in time.
    public var handover: HandoverPolicy
    /// What cameras that look at one place have in common; nil where none is known.
    public var place: String?

    /// The surroundings of all events of one camera on one stream.
    public init(
        site: String,
        camera: AlertCamera,
        stream: StreamIdentity,
        anchor: ClockAnchor,
        zoneNames: [ZoneID: String],
        handover: HandoverPolicy = HandoverPolicy(),
        place: String? = nil
    ) {
        self.site = site
        self.camera = camera
        self.stream = stream
        self.anchor = anchor
        self.zoneNames = zoneNames
        self.handover = handover
        self.place = place
    }

    /// The CloudEvents `source`: a relative URI with everything but unreserved characters
    /// (RFC 3986 section 2.3) percent-encoded in the names.
    var source: String {
        "/sites/\(Self.encoded(site))/cameras/\(Self.encoded(camera.id.rawValue))"
    }

    private static func encoded(_ name: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        return name.utf8.map { byte in
            plain.contains(byte)
                ? String(UnicodeScalar(byte)) : "%" + Digest.hexadecimal([byte]).uppercased()
        }
        .joined()
    }
}
