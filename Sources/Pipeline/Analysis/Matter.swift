public import Scene

/// Something that is worth telling of a stream, whatever it is about.
public enum Matter: Hashable, Sendable {
    /// Something happened in front of the camera.
    case incident(Incident)
    /// Something is wrong with the camera, or no longer.
    case health(HealthMatter)

    /// The incident; nil where the matter is the camera itself.
    public var incident: Incident? {
        if case .incident(let incident) = self { incident } else { nil }
    }
}
