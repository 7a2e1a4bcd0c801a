internal import Imaging
internal import Rules
internal import Scene
internal import Site

extension EvidenceScene {
    /// A whole view with the zone in it.
    func drawn(on picture: Picture, zone: ZoneID) -> Picture {
        var picture = masked(picture)
        guard let polygon = camera.zones.first(where: { $0.id == zone })?.polygon else {
            return picture
        }
        let thickness = picture.outlineThickness
        picture.outline(polygon, ink: .shade, thickness: thickness * 2)
        picture.outline(polygon, ink: .amber, thickness: thickness)
        return picture
    }

    /// The view of an event with zone and object in it.
    func drawn(onMasked picture: Picture, _ incident: Incident) -> Picture {
        let zone = camera.zones.first { $0.id == incident.zone }
        return Snapshot.drawn(
            on: picture,
            incident: incident,
            zone: zone?.polygon,
            water: zone?.water.depths?.waterPlace
        )
    }
}

/// The part of a picture that shows one object.
enum CloseUp {
    /// Rows that a small part is enlarged to.
    private static let rows = 480

    /// An object with as much around it as half of its size, enlarged where it is small.
    static func picture(of box: NormalizedBox, in picture: Picture) -> Picture {
        let (width, height) = (Double(picture.width), Double(picture.height))
        let (objectWidth, objectHeight) = (box.width * width, box.height * height)
        let high = max(objectHeight * 1.8, objectWidth * 1.8 * 0.5625, 48)
        let wide = max(objectWidth * 1.8, min(high * 16 / 9, width), 64)
        let left = min(max(0, box.center.x * width - wide / 2), max(0, width - wide))
        let top = min(max(0, box.center.y * height - high / 2), max(0, height - high))
        let part = picture.cropped(
            to: PixelBox(
                x: Int(left),
                y: Int(top),
                width: Int(min(wide, width)),
                height: Int(min(high, height))
            )
        )
        guard part.height < rows else { return part }
        let scale = min(4, Double(rows) / Double(part.height))
        return part.scaled(
            width: max(2, Int(Double(part.width) * scale) & ~1),
            height: max(2, Int(Double(part.height) * scale) & ~1)
        )
    }
}
