internal import Foundation
internal import Scene

extension AlertEvent {
    /// The event as canonical JSON on one line, without the line's end.
    ///
    /// Keys come in a fixed order, numbers in plain decimals; equal events give equal bytes.
    public func jsonLine() -> String {
        var json = CanonicalJSON()
        json.string("specversion", specversion)
        json.string("id", id)
        json.string("source", source)
        json.string("type", type.rawValue)
        json.string("time", time.description)
        json.string("datacontenttype", datacontenttype)
        json.string("dataschema", dataschema)
        json.string("subject", subject)
        json.object("data", data.write)
        return json.finished
    }

    /// The event that such a line tells of.
    ///
    /// - Throws: `AlertError` with `invalidData` where the line is no event of contract version 1.
    public init(jsonLine: String) throws(AlertError) {
        do {
            self = try JSONDecoder().decode(AlertEvent.self, from: Foundation.Data(jsonLine.utf8))
        } catch {
            let start = jsonLine.prefix(80)
            throw AlertError(
                .invalidData,
                "not an alert event of contract version 1: \(start)…: \(error)",
                cause: error
            )
        }
    }
}

extension AlertData {
    fileprivate func write(_ json: inout CanonicalJSON) {
        json.string("alertId", alertID)
        json.integer("revision", revision)
        if let escalation { json.integer("escalation", escalation) }
        if let summary {
            json.object("summary") { json in
                json.integer("alerts", summary.alerts)
                json.string("from", summary.from.description)
                json.string("to", summary.to.description)
            }
        }
        json.string("kind", kind.rawValue)
        json.string("severity", severity.rawValue)
        json.string("depth", ifPresent: depth?.rawValue)
        json.strings("reasons", ifPresent: reasons?.map(\.rawValue))
        json.object("camera", camera.write)
        json.object("zone") { json in
            json.string("id", zone.id.rawValue)
            json.string("name", zone.name)
            json.string("kind", zone.kind.rawValue)
        }
        json.object("object", object.write)
        json.string("startedAt", startedAt.description)
        json.string("observedSince", ifPresent: observedSince?.description)
        json.string("lastSeenAt", ifPresent: lastSeenAt?.description)
        json.string("dispatchBy", ifPresent: dispatchBy?.description)
        json.string("arriveBy", ifPresent: arriveBy?.description)
        json.string("reportBy", ifPresent: reportBy?.description)
        json.string("place", ifPresent: place)
        json.number("dwellSeconds", dwellSeconds, decimals: 3)
        json.number("streamSeconds", streamSeconds, decimals: 3)
        json.number("startedStreamSeconds", startedStreamSeconds, decimals: 3)
        json.string("clockQuality", clockQuality.rawValue)
        json.array("evidence", evidence) { json, file in file.write(&json) }
    }
}

extension EvidenceFile {
    func write(_ json: inout CanonicalJSON) {
        json.string("type", kind.rawValue)
        json.string("file", file)
        json.string("sha256", sha256)
        json.string("mediaType", mediaType)
    }
}

extension AlertCamera {
    func write(_ json: inout CanonicalJSON) {
        json.string("id", id.rawValue)
        json.string("name", name)
        json.string("location", ifPresent: location)
        json.string("direction", ifPresent: direction)
        json.string("deviceId", ifPresent: deviceID)
    }
}

extension AlertObject {
    fileprivate func write(_ json: inout CanonicalJSON) {
        json.string("class", objectClass.rawValue)
        json.number("confidence", confidence, decimals: 2)
        json.object("box") { json in
            json.number("x", box.x, decimals: 4)
            json.number("y", box.y, decimals: 4)
            json.number("width", box.width, decimals: 4)
            json.number("height", box.height, decimals: 4)
        }
        guard let features else { return }
        json.object("features") { json in
            json.integer("version", features.version)
            json.string("model", features.model)
            json.integers("hundredths", features.hundredths)
        }
    }
}
