/// The site file that goes with the sample streams: one camera for each scene.
enum SiteFile {
    struct Camera {
        var id: String
        var name: String
        var truth: Truth
        var width: Int
        var height: Int
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
                zones:

            """
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
        }
        return text
    }
}
