internal import Scene

extension Form<EvidencePolicy> {
    /// The section `evidence`.
    static var evidence: Form {
        .mapping { reader in
            var policy = EvidencePolicy()
            policy.overlay = reader.optional("overlay", .onOrOff) ?? policy.overlay
            policy.arrival = reader.optional("arrival", .onOrOff) ?? policy.arrival
            policy.closeUp = reader.optional("closeUp", .onOrOff) ?? policy.closeUp
            policy.composite = reader.optional("composite", .onOrOff) ?? policy.composite
            if let wide = reader.optional("wide", .wide) {
                policy.wide = wide.count ?? policy.wide
                policy.spacing = wide.spacing ?? policy.spacing
            }
            if let clip = reader.optional("clip", .clip) {
                policy.clip = clip.isOn ? clip.policy : nil
            }
            if let days = reader.optional("keepDays", .whole(1...3660)) {
                policy.maximumAge = .seconds(Double(days) * 86_400)
            }
            if let gigabytes = reader.optional("keepGigabytes", .whole(1...1_000_000)) {
                policy.maximumBytes = Int64(gigabytes) << 30
            }
            return policy
        }
    }
}

extension Form<Bool> {
    /// `on` or `off`.
    static var onOrOff: Form { .word("on or off", [("on", true), ("off", false)]) }
}

/// The section `evidence.wide`; nil where it is not set.
struct WideSettings {
    var count: Int?
    var spacing: MediaSpan?
}

extension Form<WideSettings> {
    fileprivate static var wide: Form {
        .mapping { reader in
            let count = reader.optional("count", .whole(0...6))
            let span = Form<MediaSpan>.duration(.seconds(1) ... .seconds(3600))
            return WideSettings(count: count, spacing: reader.optional("spacing", span))
        }
    }
}

/// The section `evidence.clip`.
struct ClipSettings {
    var isOn = true
    var policy = ClipPolicy()
}

extension Form<ClipSettings> {
    fileprivate static var clip: Form {
        .either(
            scalar: Form<Bool>.onOrOff.map { ClipSettings(isOn: $0) },
            mapping: .mapping { reader in
                var clip = ClipPolicy()
                let span = Form<MediaSpan>.duration(.zero ... .seconds(120))
                clip.before = reader.optional("before", span) ?? clip.before
                clip.after = reader.optional("after", span) ?? clip.after
                let privacy = Form<Bool>.word(
                    "what happens where a camera has privacy masks",
                    [("leave_out", false), ("keep_unmasked", true)]
                )
                clip.ignoresPrivacy = reader.optional("privacy", privacy) ?? false
                if let megabytes = reader.optional("ringMegabytes", .whole(1...4096)) {
                    clip.ringBytes = megabytes << 20
                }
                return ClipSettings(policy: clip)
            }
        )
    }
}

extension Form<[PrivacyMask]> {
    /// What no evidence of a camera may show.
    static var privacy: Form {
        .list(
            of: .mapping { reader in
                let name = reader.optional("name", .text)
                let polygon = reader.required(
                    "polygon",
                    .polygon,
                    example: "[[0.1, 0.2], [0.9, 0.2], [0.5, 0.8]]"
                )
                return polygon.map { PrivacyMask(name: name, polygon: $0) }
            },
            count: 0...32,
            "masks"
        )
    }
}

extension Form<[ZoneKind: EventCode]> {
    /// The section `eventCodes`: what the city's platform calls each kind of zone.
    static var eventCodes: Form {
        .mapping { reader in
            let profile =
                reader.optional("profile", Form<EventCode.Profile>.choice("a system of codes"))
                ?? .digits
            var codes: [ZoneKind: EventCode] = [:]
            for kind in ZoneKind.allCases {
                codes[kind] = reader.optional(kind.rawValue, .eventCode(profile))
            }
            return codes
        }
    }
}

extension Form<EventCode> {
    fileprivate static func eventCode(_ profile: EventCode.Profile) -> Form {
        scalar("a code") { text in
            if let code = EventCode(text, profile: profile) { return .success(code) }
            let wanted =
                switch profile {
                case .digits: "write 4 or 5 digits in quotes, or set profile: free"
                case .free: "write 1 to 32 letters, digits, dots, _ or -"
                }
            return .failure(Problem("is no code of the profile \(profile.rawValue)", wanted))
        }
    }
}
