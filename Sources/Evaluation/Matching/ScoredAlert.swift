public import Scene

/// An alert as it is judged: what it says of zone, kind, time and place.
///
/// In JSON Lines: `{"box":[x,y,w,h],"kind":…,"start_t":…,"t":…,"zone":…}`, box in pixels.
public struct ScoredAlert: Hashable, Sendable, Codable {
    /// Id of the zone.
    public var zone: String
    /// Kind of alert, as `ZoneKind` writes it.
    public var kind: String
    /// When it was raised, in seconds from the start of the clip.
    public var time: Double
    /// When, as it says, the matter began; nil where it does not say.
    public var start: Double?
    /// Where, in pixels of the full picture; nil where it does not say.
    public var box: ImageBox?
    /// When, after it was raised, somebody was told to have vanished, in seconds; nil where never.
    public var vanished: [Double]?

    private enum CodingKeys: String, CodingKey {
        case zone
        case kind
        case time = "t"
        case start = "start_t"
        case box
        case vanished = "vanished_t"
    }

    /// An alert in a zone at a time in seconds.
    public init(
        zone: String,
        kind: String,
        time: Double,
        start: Double? = nil,
        box: ImageBox? = nil
    ) {
        self.zone = zone
        self.kind = kind
        self.time = time
        self.start = start
        self.box = box
    }

    /// The alert that an incident raised in a picture of that size, its box to a hundredth of a
    /// pixel.
    public init(_ incident: Incident, width: Int, height: Int) {
        func pixels(_ share: Double, of size: Int) -> Double {
            (share * Double(size) * 100).rounded() / 100
        }
        let box = incident.object.box
        self.init(
            zone: incident.zone.rawValue,
            kind: incident.kind.rawValue,
            time: incident.time.seconds,
            start: incident.startedAt.seconds,
            box: ImageBox(
                x: pixels(box.x, of: width),
                y: pixels(box.y, of: height),
                width: pixels(box.width, of: width),
                height: pixels(box.height, of: height)
            )
        )
    }
}
