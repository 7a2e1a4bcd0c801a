public import Scene

/// Something that is worth telling of a stream, whatever it is about.
public enum Matter: Hashable, Sendable, Codable {
    /// Something happened in front of the camera.
    case incident(Incident)
    /// Something is wrong with the camera, or no longer.
    case health(HealthMatter)

    /// The incident; nil where the matter is the camera itself.
    public var incident: Incident? {
        if case .incident(let incident) = self { incident } else { nil }
    }

    /// The event that ends the matter at a time, because nobody watches it any longer.
    func closed(at time: MediaTime) -> Matter {
        switch self {
        case .incident(var incident):
            incident.revision += 1
            incident.phase = .closed
            incident.time = max(time, incident.time)
            return .incident(incident)
        case .health(var health):
            health.revision += 1
            health.phase = .closed
            health.time = max(time, health.time)
            return .health(health)
        }
    }
}
