internal import Imaging
internal import Media
internal import Rules
internal import Scene

/// The picture that shows what an event is about: the whole frame with the zone and the object, or
/// with all zones where the camera itself is the matter.
enum Snapshot {
    private static let quality = 90

    /// Draws and encodes a snapshot; the same frame and incident give the same bytes.
    ///
    /// - Parameters:
    ///   - frame: the frame that proves the incident.
    ///   - incident: what happened.
    ///   - zone: where the zone is; nil where the camera has it no longer.
    ///   - water: where in the zone the water is, where it is known.
    /// - Returns: a JPEG in the size of the frame.
    /// - Throws: `MediaError` where the picture cannot be encoded.
    static func jpeg(
        of frame: VideoFrame,
        incident: Incident,
        zone: Polygon?,
        water: Polygon? = nil
    ) throws(MediaError) -> [UInt8] {
        let picture = drawn(on: frame.copy(), incident: incident, zone: zone, water: water)
        return try JPEG.encode(picture, quality: quality)
    }

    /// Draws and encodes the snapshot of a camera's fault; the same frame gives the same bytes.
    ///
    /// - Parameters:
    ///   - frame: the frame that the fault was told on.
    ///   - zones: all zones of the camera, so that a moved picture shows where they lie now.
    /// - Returns: a JPEG in the size of the frame.
    /// - Throws: `MediaError` where the picture cannot be encoded.
    static func jpeg(of frame: VideoFrame, zones: [Polygon]) throws(MediaError) -> [UInt8] {
        var picture = frame.copy()
        let thickness = picture.outlineThickness
        for zone in zones { picture.outline(zone, ink: .shade, thickness: thickness * 2) }
        for zone in zones { picture.outline(zone, ink: .amber, thickness: thickness) }
        return try JPEG.encode(picture, quality: quality)
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
