/// Names a camera within its site.
public struct CameraID: RawRepresentable, Hashable, Sendable, Codable {
    /// As written in the site file.
    public let rawValue: String

    /// The camera of that name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Names a zone within its camera.
public struct ZoneID: RawRepresentable, Hashable, Sendable, Codable {
    /// As written in the site file.
    public let rawValue: String

    /// The zone of that name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// Names an object that the detector follows, unique within a camera's stream.
public struct ObjectID: RawRepresentable, Hashable, Comparable, Sendable, Codable {
    /// Rises with every new object.
    public let rawValue: Int

    /// The object of that number.
    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// Whether `lhs` was numbered first.
    public static func < (lhs: ObjectID, rhs: ObjectID) -> Bool {
        lhs.rawValue < rhs.rawValue
    }
}
