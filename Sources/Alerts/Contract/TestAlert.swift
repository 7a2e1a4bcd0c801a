public import Scene

/// An alert that says that it is a test, to try the ways out of the house with.
///
/// It has the shape of an alert's event, with a `type` of its own, which takers of alerts pass
/// over, and the extension `test`. It is never in the queue.
public struct TestAlert: Sendable {
    /// The CloudEvents type.
    public static let typeName = "smartpatrol.test.opened.v1"

    private let event: AlertEvent

    /// A test alert that is as old as this moment; no other one has its id.
    public init(site: String, camera: AlertCamera, now: Instant) {
        let zone = ZoneID(rawValue: "test")
        let incident = Incident(
            number: 1,
            revision: 1,
            phase: .opened,
            zone: zone,
            kind: .noParking,
            severity: .info,
            object: Observation(
                id: ObjectID(rawValue: 1),
                mobility: .static,
                box: NormalizedBox(x: 0.25, y: 0.25, width: 0.5, height: 0.5),
                since: .zero,
                presentAtStart: false,
                classification: Classification(.unknown, confidence: 1),
                confidence: 1
            ),
            startedAt: .zero,
            time: .zero
        )
        let context = AlertContext(
            site: site,
            camera: camera,
            stream: .live(),
            anchor: ClockAnchor(start: now, quality: .host),
            zoneNames: [zone: "Test of the sinks"]
        )
        event = AlertEvent(incident: incident, context: context, evidence: [])
    }

    /// Unique, as that of an alert.
    public var id: String { event.id }

    /// The event as JSON on one line, without the line's end.
    public func jsonLine() -> String {
        var json = CanonicalJSON()
        json.string("specversion", event.specversion)
        json.string("id", event.id)
        json.string("source", event.source)
        json.string("type", Self.typeName)
        json.string("time", event.time.description)
        json.string("datacontenttype", event.datacontenttype)
        json.string("dataschema", event.dataschema)
        json.string("subject", event.subject)
        json.object("data", event.data.write)
        json.raw("test", "true")
        return json.finished
    }
}
