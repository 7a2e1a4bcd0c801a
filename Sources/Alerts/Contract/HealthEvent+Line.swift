internal import Foundation
internal import Scene

extension HealthEvent {
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
    /// - Throws: `AlertError` with `invalidData` where the line is no health event of contract
    ///   version 1.
    public init(jsonLine: String) throws(AlertError) {
        do {
            self = try JSONDecoder().decode(HealthEvent.self, from: Foundation.Data(jsonLine.utf8))
        } catch {
            let start = jsonLine.prefix(80)
            throw AlertError(
                .invalidData,
                "not a health event of contract version 1: \(start)…: \(error)",
                cause: error
            )
        }
    }
}

extension HealthData {
    fileprivate func write(_ json: inout CanonicalJSON) {
        json.string("healthId", healthID)
        json.integer("revision", revision)
        json.string("fault", fault.rawValue)
        json.string("effect", fault.effect.rawValue)
        json.string("severity", severity.rawValue)
        json.object("camera", camera.write)
        json.boolean("zonesSuspended", zonesSuspended)
        json.string("startedAt", startedAt.description)
        json.number("durationSeconds", durationSeconds, decimals: 3)
        json.number("streamSeconds", streamSeconds, decimals: 3)
        json.number("startedStreamSeconds", startedStreamSeconds, decimals: 3)
        json.string("clockQuality", clockQuality.rawValue)
        json.array("evidence", evidence) { json, file in file.write(&json) }
    }
}
