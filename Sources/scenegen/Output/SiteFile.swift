/// The site file that goes with the sample streams: one camera for each scene.
enum SiteFile {
    struct Camera {
        var id: String
        var name: String
        var truth: Truth
        var width: Int
        var height: Int
        /// Row of the feet and height of a person of 1.7 m, in shares of the picture; two or none.
        var scale: [(row: Float, height: Float)] = []
    }

    static func text(_ cameras: [Camera]) -> String {
        let head = """
            # The rendered sample streams: one camera for each scene, named after its file.
            version: 1
            site:
              id: samples
              name: Sample streams
            cameras:

            """
        return head + cameras.map(camera).joined()
    }

    private static func camera(_ camera: Camera) -> String {
        var text = """
              - id: \(camera.id)
                name: \(camera.name)
                startTime: "2026-05-01T08:00:00+08:00"

            """
        text += scale(camera.scale) + "    zones:\n"
        for zone in camera.truth.zones {
            let corners = zone.polygon.map { corner in
                let x = Decimal.text(Double(corner.x.rounded()) / Double(camera.width), places: 4)
                let y = Decimal.text(Double(corner.y.rounded()) / Double(camera.height), places: 4)
                return "[\(x), \(y)]"
            }
            text += """
                      - id: \(zone.id)
                        name: \(zone.name)
                        kind: \(zone.kind)
                        polygon: [\(corners.joined(separator: ", "))]
                        dwell: \(Decimal.text(zone.dwell))s

                """
            text += depth(zone)
        }
        return text
    }

    private static func scale(_ references: [(row: Float, height: Float)]) -> String {
        guard !references.isEmpty else { return "" }
        return references.reduce(into: "    scale:\n") { text, reference in
            text += "      - y: \(Decimal.text(Double(reference.row), places: 3))\n"
            text += "        height: \(Decimal.text(Double(reference.height), places: 3))\n"
        }
    }

    /// The keys that tell a zone's depth from `zone.waterline`: none, as site files have no such
    /// keys.
    private static func depth(_ zone: Truth.Zone) -> String { "" }
}
