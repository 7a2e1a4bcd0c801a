internal import Imaging
internal import Scene

/// The picture that shows what an event is about: the whole frame with the zone and the object, or
/// with all zones where the camera itself is the matter.
enum Snapshot {
    /// The view with all zones of the camera, so that a moved picture shows where they lie now.
    static func drawn(on picture: Picture, zones: [Polygon]) -> Picture {
        var picture = picture
        let thickness = picture.outlineThickness
        for zone in zones { picture.outline(zone, ink: .shade, thickness: thickness * 2) }
        for zone in zones { picture.outline(zone, ink: .amber, thickness: thickness) }
        return picture
    }

    /// The picture with the zone in amber and the object in red, each in a dark casing that sets
    /// it off from any background.
    static func drawn(
        on picture: Picture,
        incident: Incident,
        zone: Polygon?,
        water: Polygon? = nil
    ) -> Picture {
        var picture = picture
        let thickness = picture.outlineThickness
        let box = incident.object.box
        if let zone { picture.outline(zone, ink: .shade, thickness: thickness * 2) }
        picture.outline(box, ink: .shade, thickness: thickness * 2)
        if let zone { picture.outline(zone, ink: .amber, thickness: thickness) }
        if let water { picture.outline(water, ink: .amber, thickness: max(1, thickness / 2)) }
        picture.outline(box, ink: .red, thickness: thickness)
        return picture
    }
}
