/// What is kept of an alert as proof, and for how long.
public struct EvidencePolicy: Hashable, Sendable, Codable {
    /// Whether pictures have a strip of text below them.
    public var overlay: Bool
    /// Whether there is a picture of the moment at which the matter began, where that is held yet.
    public var arrival: Bool
    /// Whether there is a picture of the object alone.
    public var closeUp: Bool
    /// Pictures of the whole view after the opening, 0 to 6.
    public var wide: Int
    /// Time between these.
    public var spacing: MediaSpan
    /// Whether there is a picture made of the others.
    public var composite: Bool
    /// The clip; nil for none.
    public var clip: ClipPolicy?
    /// Age from which evidence of reported alerts is removed.
    public var maximumAge: MediaSpan
    /// Bytes of evidence from which that of reported alerts is removed, the oldest first.
    public var maximumBytes: Int64

    /// A policy; what is not given is usual.
    public init(
        overlay: Bool = true,
        arrival: Bool = true,
        closeUp: Bool = true,
        wide: Int = 2,
        spacing: MediaSpan = .seconds(30),
        composite: Bool = true,
        clip: ClipPolicy? = ClipPolicy(),
        maximumAge: MediaSpan = .seconds(180 * 86_400),
        maximumBytes: Int64 = 50 << 30
    ) {
        self.overlay = overlay
        self.arrival = arrival
        self.closeUp = closeUp
        self.wide = wide
        self.spacing = spacing
        self.composite = composite
        self.clip = clip
        self.maximumAge = maximumAge
        self.maximumBytes = maximumBytes
    }

    /// How long after the opening the last of it is taken; nil where nothing is added.
    public var addedWithin: MediaSpan? {
        let pictures = MediaSpan(microseconds: spacing.microseconds * Int64(wide))
        guard wide > 0 || arrival || closeUp || composite || clip != nil else { return nil }
        return max(pictures, clip?.after ?? .zero)
    }
}

/// Video that is kept of an alert, as the camera sent it.
public struct ClipPolicy: Hashable, Sendable, Codable {
    /// From how long before the opening.
    public var before: MediaSpan
    /// Until how long after it.
    public var after: MediaSpan
    /// Whether a camera with privacy masks has clips, in which the masks are not applied.
    public var ignoresPrivacy: Bool
    /// Bytes that a camera's latest packets may take.
    public var ringBytes: Int

    /// A policy; what is not given is usual.
    public init(
        before: MediaSpan = .seconds(10),
        after: MediaSpan = .seconds(5),
        ignoresPrivacy: Bool = false,
        ringBytes: Int = 64 << 20
    ) {
        self.before = before
        self.after = after
        self.ignoresPrivacy = ignoresPrivacy
        self.ringBytes = ringBytes
    }
}

/// A part of a camera's picture that no evidence may show.
public struct PrivacyMask: Hashable, Sendable {
    /// What people call it.
    public var name: String?
    /// Its corners, in shares of the picture.
    public var polygon: Polygon

    /// A part of the picture.
    public init(name: String? = nil, polygon: Polygon) {
        self.name = name
        self.polygon = polygon
    }
}

/// What the platform of a city calls a kind of event: an opaque code.
public struct EventCode: Hashable, Sendable, Codable {
    /// Which system of codes it belongs to.
    public enum Profile: String, Sendable, Codable, CaseIterable {
        /// Four or five digits: two of the category, two or three within it.
        case digits = "category_digits"
        /// 1 to 32 letters, digits and . _ - of anybody's own system.
        case free
    }

    /// The system.
    public let profile: Profile
    /// The code as it is written there.
    public let code: String

    /// A code; nil where its system has none of that form.
    public init?(_ code: String, profile: Profile) {
        let bytes = Array(code.utf8)
        let isDigits = bytes.allSatisfy { (48...57).contains($0) }
        switch profile {
        case .digits: guard isDigits, (4...5).contains(bytes.count) else { return nil }
        case .free:
            let isPlain = bytes.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || [45, 46, 95].contains(byte)
            }
            guard isPlain, (1...32).contains(bytes.count) else { return nil }
        }
        self.profile = profile
        self.code = code
    }
}
