internal import Detection
internal import Rules
internal import Scene
internal import Site

extension DetectorOptions {
    /// What the site file tells of a camera.
    init(_ camera: CameraConfiguration) {
        self.init(
            scale: camera.scale,
            zones: camera.zones.map {
                Zone(
                    id: $0.id,
                    polygon: $0.polygon,
                    isUrgent: $0.kind == .waterDanger,
                    holdsVehicles: $0.classes.contains(.vehicle),
                    water: $0.water.depths?.waterPlace
                )
            },
            relearnsWhenMoved: camera.whenMoved == .relearn,
            looksPerSecond: camera.looksPerSecond
        )
    }
}
