public import Foundation
internal import Scene

extension Truth {
    /// Reads a `truth.json`.
    ///
    /// Keys that are not known are passed over.
    /// - Parameter file: where the file is; errors name it.
    /// - Returns: the truth that it holds.
    /// - Throws: `EvaluationError` that names the file, the key and what is wrong with it.
    public static func read(_ file: URL) throws(EvaluationError) -> Truth {
        let data: Data
        do {
            data = try Data(contentsOf: file)
        } catch {
            throw EvaluationError(
                .unavailable,
                "\(file.path): cannot be read; a folder to evaluate holds a video and truth.json",
                cause: error
            )
        }
        return try decode(data, name: file.path)
    }

    /// Reads the content of a `truth.json`.
    ///
    /// - Parameters:
    ///   - data: UTF-8 JSON.
    ///   - name: what errors call the file.
    /// - Returns: the truth that it holds.
    /// - Throws: `EvaluationError` that names the file, the key and what is wrong with it.
    public static func decode(_ data: Data, name: String) throws(EvaluationError) -> Truth {
        do {
            return try JSONDecoder().decode(Truth.self, from: data)
        } catch let error as DecodingError {
            throw EvaluationError(.invalidData, "\(name): \(explanation(of: error))")
        } catch {
            throw EvaluationError(.invalidData, "\(name): is not valid", cause: error)
        }
    }

    private static func explanation(of error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context):
            "\(path(context.codingPath + [key])): is missing"
        case .typeMismatch(let type, let context):
            "\(path(context.codingPath)): must be \(wanted(type))"
        case .valueNotFound(let type, let context):
            "\(path(context.codingPath)): is null, must be \(wanted(type))"
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            "is not JSON: \(context.debugDescription)"
        case .dataCorrupted(let context):
            "\(path(context.codingPath)): \(context.debugDescription)"
        @unknown default:
            "\(error)"
        }
    }

    /// `zones[2].dwell_s` for the third zone's dwell time.
    private static func path(_ keys: [any CodingKey]) -> String {
        var path = ""
        for key in keys {
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return path.isEmpty ? "the file" : path
    }

    private static func wanted(_ type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is Int.Type: "a whole number"
        case is Double.Type: "a number"
        case is [String: Any].Type: "an object {…}"
        default: "a list […]"
        }
    }
}

extension Truth: Decodable {
    private enum CodingKeys: String, CodingKey {
        case video
        case width
        case height
        case framesPerSecond = "fps"
        case duration = "duration_s"
        case isTimelapse = "timelapse"
        case zones
        case events
        case ignore
        case scale
    }

    /// Reads the object of a `truth.json`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            video: try values.decode(String.self, forKey: .video),
            width: try values.decode(Int.self, forKey: .width),
            height: try values.decode(Int.self, forKey: .height),
            framesPerSecond: try values.decodeIfPresent(Double.self, forKey: .framesPerSecond),
            duration: try values.decode(Double.self, forKey: .duration),
            isTimelapse: try values.decodeIfPresent(Bool.self, forKey: .isTimelapse) ?? false,
            zones: try values.decode([Zone].self, forKey: .zones),
            events: try values.decode([Event].self, forKey: .events),
            ignore: try values.decodeIfPresent([Event].self, forKey: .ignore) ?? []
        )
        if let heights = try values.decodeIfPresent([PersonScale.Reference].self, forKey: .scale) {
            scale = heights.count == 2 ? PersonScale(heights[0], heights[1]) : nil
            try values.require(
                scale != nil,
                .scale,
                "must be the heights of a person at two rows, 0.05 apart at least, the lower one "
                    + "no smaller"
            )
        }
        try values.require(!video.isEmpty, .video, "names no file")
        try values.require(width > 0, .width, "\(width) is not above 0")
        try values.require(height > 0, .height, "\(height) is not above 0")
        try values.require(duration >= 0, .duration, "\(duration) is below 0")
    }
}

extension Truth.Zone: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id
        case kind
        case polygon
        case dwell = "dwell_s"
        case waterline
        case water
    }

    /// Reads one of `zones`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try values.decode(String.self, forKey: .id),
            kind: try values.decode(String.self, forKey: .kind),
            polygon: try values.decode([Truth.Corner].self, forKey: .polygon),
            dwell: try values.decodeIfPresent(Double.self, forKey: .dwell),
            waterline: try values.decodeIfPresent([Truth.Corner].self, forKey: .waterline) ?? [],
            water: try values.decodeIfPresent(Truth.Corner.self, forKey: .water)
        )
        let count = polygon.count
        try values.require(count > 2, .polygon, "has \(count) corners, must have 3 at least")
        try values.require((dwell ?? 0) >= 0, .dwell, "\(dwell ?? 0) is below 0")
    }
}

extension Truth.Corner: Decodable {
    /// Reads `[x, y]`.
    public init(from decoder: any Decoder) throws {
        let values = try [Double](from: decoder)
        guard values.count == 2 else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "a corner is [x, y] in pixels, not \(values)"
                )
            )
        }
        self.init(x: values[0], y: values[1])
    }
}

extension Truth.Event: Decodable {
    private enum CodingKeys: String, CodingKey {
        case zone
        case kind
        case start = "start_s"
        case end = "end_s"
        case box = "bbox"
        case boxTime = "bbox_t"
        case vanishes = "vanishes_s"
        case note
    }

    /// Reads one of `events` or `ignore`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            zone: try values.decode(String.self, forKey: .zone),
            kind: try values.decode(String.self, forKey: .kind),
            start: try values.decode(Double.self, forKey: .start),
            end: try values.decode(Double.self, forKey: .end),
            box: try values.decodeIfPresent(ImageBox.self, forKey: .box),
            boxTime: try values.decodeIfPresent(Double.self, forKey: .boxTime),
            vanishes: try values.decodeIfPresent(Double.self, forKey: .vanishes),
            note: try values.decodeIfPresent(String.self, forKey: .note)
        )
        try values.require(start <= end, .end, "\(end) is before start_s \(start)")
    }
}

extension KeyedDecodingContainer {
    fileprivate func require(_ holds: Bool, _ key: Key, _ complaint: String) throws {
        guard !holds else { return }
        throw DecodingError.dataCorruptedError(
            forKey: key,
            in: self,
            debugDescription: complaint
        )
    }
}
