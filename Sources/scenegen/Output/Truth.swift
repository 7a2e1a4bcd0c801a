internal import Scene

/// What happens in a scene, for whoever measures a detector against it.
struct Truth {
    struct Zone {
        var id: String
        var name: String
        /// As in a site file: `no_parking`, `road_occupation`, `water_danger`.
        var kind: String
        /// Corners in pixels.
        var polygon: [SIMD2<Float>]
        var dwell: Double
        /// Where land and water meet, in pixels from left to right; empty where nobody measured it.
        var waterline: [SIMD2<Float>] = []
        /// Any place in the water, in pixels; nil where the zone has no waterline.
        var water: SIMD2<Float>?

        /// Whether a place in the picture lies inside.
        func contains(_ x: Float, _ y: Float) -> Bool {
            func point(_ x: Float, _ y: Float) -> NormalizedPoint {
                NormalizedPoint(x: Double(x), y: Double(y))
            }
            return Polygon(polygon.map { point($0.x, $0.y) }).contains(point(x, y))
        }
    }

    /// Something that must, must not or may alert.
    struct Entry {
        var zone: String?
        var kind: String?
        var start: Double
        var end: Double
        /// Left, top, width, height in pixels.
        var box: SIMD4<Float>
        /// When the box was taken.
        var boxTime: Double
        /// When a person in the water has gone under for good.
        var vanishes: Double?
        var note: String
    }

    var zones: [Zone]
    var events: [Entry] = []
    var ignore: [Entry] = []
    var decoys: [Entry] = []
}

extension Truth {
    /// The truth as JSON text.
    ///
    /// - Parameters:
    ///   - video: file name.
    ///   - width: pixels.
    ///   - height: pixels.
    ///   - rate: pictures a second.
    ///   - duration: seconds.
    ///   - scale: row of the feet and height of a person, in shares of the picture; two or none.
    /// - Returns: the content of a `truth.json`.
    func json(
        video: String,
        width: Int,
        height: Int,
        rate: Int,
        duration: Double,
        scale: [(row: Float, height: Float)] = []
    ) -> String {
        let heights = scale.map { reference in
            "{\"y\": \(Decimal.text(Double(reference.row), places: 3)), "
                + "\"height\": \(Decimal.text(Double(reference.height), places: 3))}"
        }
        let scaleLine =
            heights.isEmpty ? "" : "\n  \"scale\": [\(heights.joined(separator: ", "))],"
        func list(_ entries: [Entry]) -> String {
            let lines = entries.map { "    " + $0.json }
            return lines.isEmpty ? "[]" : "[\n" + lines.joined(separator: ",\n") + "\n  ]"
        }
        let zoneLines = zones.map { "    " + $0.json }.joined(separator: ",\n")
        return """
            {
              "video": "\(video)",
              "width": \(width),
              "height": \(height),
              "fps": \(rate),
              "duration_s": \(Decimal.text(duration)),
              "license": "Apache-2.0",
              "rendered": true,\(scaleLine)
              "zones": [
            \(zoneLines)
              ],
              "events": \(list(events)),
              "ignore": \(list(ignore)),
              "decoys": \(list(decoys))
            }

            """
    }
}

extension Truth.Zone {
    var json: String {
        var text =
            "{\"id\": \"\(id)\", \"kind\": \"\(kind)\", \"polygon\": "
            + "[\(Self.list(polygon))], \"dwell_s\": \(Decimal.text(dwell))"
        if let water, !waterline.isEmpty {
            text += ", \"waterline\": [\(Self.list(waterline))], \"water\": \(Self.list([water]))"
        }
        return text + "}"
    }

    private static func list(_ points: [SIMD2<Float>]) -> String {
        points.map { "[\(Int($0.x.rounded())), \(Int($0.y.rounded()))]" }
            .joined(separator: ", ")
    }
}

extension Truth.Entry {
    var json: String {
        var fields: [String] = []
        if let zone { fields.append("\"zone\": \"\(zone)\"") }
        if let kind { fields.append("\"kind\": \"\(kind)\"") }
        fields.append("\"start_s\": \(Decimal.text(start))")
        fields.append("\"end_s\": \(Decimal.text(end))")
        let numbers = [box.x, box.y, box.z, box.w].map { "\(Int($0.rounded()))" }
        fields.append("\"bbox\": [\(numbers.joined(separator: ", "))]")
        fields.append("\"bbox_t\": \(Decimal.text(boxTime))")
        if let vanishes { fields.append("\"vanishes_s\": \(Decimal.text(vanishes))") }
        fields.append("\"note\": \"\(note)\"")
        return "{" + fields.joined(separator: ", ") + "}"
    }
}

/// Numbers as short text without a locale.
enum Decimal {
    /// Rounded to `places` decimals, trailing zeros cut.
    static func text(_ value: Double, places: Int = 2) -> String {
        let factor = (0..<places).reduce(1.0) { product, _ in product * 10 }
        let rounded = (value * factor).rounded() / factor
        if rounded == rounded.rounded() { return "\(Int(rounded))" }
        return "\(rounded)"
    }
}
