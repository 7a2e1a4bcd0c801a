internal import Alerts
internal import Site

extension AlertCamera {
    /// The camera as alerts describe it: its location as the place's name with the coordinates in
    /// brackets, its direction in degrees.
    init(_ camera: CameraConfiguration) {
        self.init(
            id: camera.id,
            name: camera.name,
            location: camera.location.flatMap(Self.text),
            direction: camera.direction.map { "\(Self.plain($0))" },
            deviceID: camera.deviceID
        )
    }

    private static func text(_ location: Location) -> String? {
        guard let latitude = location.latitude, let longitude = location.longitude else {
            return location.place
        }
        let coordinates = "\(plain(latitude)), \(plain(longitude))"
        return location.place.map { "\($0) (\(coordinates))" } ?? coordinates
    }

    /// A number without a fraction of zero.
    private static func plain(_ value: Double) -> String {
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
