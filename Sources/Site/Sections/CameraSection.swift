internal import Rules
internal import Scene

extension Form<CameraConfiguration> {
    /// One camera; ids and device ids are unique among its neighbours.
    static func camera(
        defaults: [ZoneKind: ZoneSettings],
        timeZone: String,
        ids: UniqueValues,
        devices: UniqueValues
    ) -> Form {
        .mapping { reader in
            let id = reader.required("id", .identifier.unique(in: ids), example: "gate-3")
            let name = reader.optional("name", .text)
            let source = reader.optional("source", .source)
            let startTime = reader.optional("startTime", .instant)
            let location = reader.optional("location", .location)
            let direction = reader.optional("direction", .direction)
            let deviceID = reader.optional("deviceId", .deviceID.unique(in: devices))
            let rate = reader.optional("analysis", .analysisRate)
            let scale = reader.optional("scale", .scale)
            let moved = Form<CameraConfiguration.WhenMoved>.choice("an answer to a moved camera")
            let whenMoved = reader.optional("whenMoved", moved)
            let zone = Form<ZoneRule>.zone(
                defaults: defaults,
                timeZone: timeZone,
                ids: UniqueValues()
            )
            let zones = reader.required(
                "zones",
                .list(of: zone, count: 0...100, "zones"),
                example: "a list of zones, [] for none"
            )
            guard let id, let zones else { return nil }
            return CameraConfiguration(
                id: CameraID(rawValue: id),
                name: name ?? id,
                source: source,
                startTime: startTime,
                location: location,
                direction: direction,
                deviceID: deviceID,
                analysisRate: rate ?? CameraConfiguration.usualAnalysisRate,
                scale: scale,
                whenMoved: whenMoved ?? .suspend,
                zones: zones
            )
        }
    }
}

extension Form<Double> {
    /// The section `analysis`.
    static var analysisRate: Form {
        .mapping { $0.optional("rate", .number(1...25, " pictures a second")) }
    }
}

extension Form<Location> {
    /// Coordinates, a place, or both.
    static var location: Form {
        .mapping { reader in
            let latitude = reader.optional("latitude", .number(-90...90))
            let longitude = reader.optional("longitude", .number(-180...180))
            let place = reader.optional("place", .text)
            if let alone = reader.value(of: "latitude"), reader.value(of: "longitude") == nil {
                alone.report("stands without longitude", suggestion: "write both or none")
            }
            if let alone = reader.value(of: "longitude"), reader.value(of: "latitude") == nil {
                alone.report("stands without latitude", suggestion: "write both or none")
            }
            return Location(latitude: latitude, longitude: longitude, place: place)
        }
    }
}

extension Form<SourceAddress> {
    private static var schemes: [String] {
        ["rtsp", "rtsps", "rtmp", "rtmps", "http", "https", "srt"]
    }

    /// A URL or a path, with `${NAME}` for what must not be written down.
    static var source: Form {
        Form<String>.scalar("a URL or a path") { $0.isEmpty ? .failure(empty) : .success($0) }
            .checked { text, cursor in
                problem(SourceTemplate(text), environment: cursor.reading.environment)
            }
            .withCursor { text, cursor in
                SourceAddress(text, relativeTo: cursor.reading.folder)
            }
    }

    private static var empty: Problem { Problem("is empty", "write a URL or a path") }

    private static func problem(
        _ template: SourceTemplate,
        environment: [String: String]?
    ) -> Problem? {
        if template.malformed != nil {
            return Problem("has a ${ that is not of the form ${NAME}", "write ${NAME}")
        }
        if let scheme = template.prefix.firstRange(of: "://") {
            let name = template.prefix[..<scheme.lowerBound].lowercased()
            guard schemes.contains(name) else {
                let close = closest(to: name, among: schemes).map { "did you mean \($0)?" }
                return Problem(
                    "has the unknown scheme \(name)",
                    close ?? "use \(schemes.joined(separator: ", ")) or a path"
                )
            }
            let host = template.filled { _ in "x" }.drop { $0 != ":" }.dropFirst(3).first
            guard let host, host != "/" else { return Problem("names no host", nil) }
        }
        guard let environment else { return nil }
        let missing = template.variables.filter { environment[$0, default: ""].isEmpty }
        guard !missing.isEmpty else { return nil }
        return Problem(
            "needs the environment variable \(missing.joined(separator: ", ")), which is not set",
            "set it where the program is started"
        )
    }
}
