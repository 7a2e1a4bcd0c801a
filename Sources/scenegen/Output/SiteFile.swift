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
            text += """
                      - id: \(zone.id)
                        name: \(zone.name)
                        kind: \(zone.kind)
                        polygon: \(list(zone.polygon, camera))
                        dwell: \(Decimal.text(zone.dwell))s

                """
            text += depth(zone, camera)
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

    /// The line along which the zone is cut into bank and water, where it is known.
    private static func depth(_ zone: Truth.Zone, _ camera: Camera) -> String {
        guard let water = zone.water, !zone.waterline.isEmpty else { return "" }
        return """
                    waterline:
                      points: \(list(zone.waterline, camera))
                      water: \(place(water, camera))

            """
    }

    /// Points one after the other; those that fall on the same pixel are one.
    private static func list(_ points: [SIMD2<Float>], _ camera: Camera) -> String {
        var places: [String] = []
        for text in points.map({ place($0, camera) }) where text != places.last {
            places.append(text)
        }
        if places.count > 1, places.first == places.last { places.removeLast() }
        return "[\(places.joined(separator: ", "))]"
    }

    /// A pixel in shares of the picture.
    private static func place(_ point: SIMD2<Float>, _ camera: Camera) -> String {
        let x = Decimal.text(Double(point.x.rounded()) / Double(camera.width), places: 4)
        let y = Decimal.text(Double(point.y.rounded()) / Double(camera.height), places: 4)
        return "[\(x), \(y)]"
    }
}
