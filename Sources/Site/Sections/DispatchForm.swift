internal import Scene

extension Form<HandoverPolicy> {
    /// The section `dispatch`.
    static var handover: Form {
        .mapping { reader in
            var policy = HandoverPolicy()
            let deadline = Form<MediaSpan>.duration(.seconds(1) ... .seconds(86_400))
            func set(_ field: WritableKeyPath<HandoverPolicy, MediaSpan>, _ value: MediaSpan?) {
                if let value { policy[keyPath: field] = value }
            }
            set(\.dispatchWithin, reader.optional("dispatchWithin", deadline))
            set(\.arriveWithin, reader.optional("arriveWithin", deadline))
            set(\.reportWithin, reader.optional("reportWithin", deadline))
            policy.escalations = reader.optional("escalations", .whole(0...10)) ?? 3
            let month = Form<MediaSpan>.duration(.seconds(60) ... .seconds(31 * 86_400))
            set(\.expireAfter, reader.optional("expireAfter", month))
            let lease = Form<MediaSpan>.duration(.seconds(1) ... .seconds(3600))
            set(\.lease, reader.optional("lease", lease))
            policy.tries = reader.optional("tries", .whole(1...1000)) ?? policy.tries
            if let megabytes = reader.optional("keepMegabytes", .whole(1...1_000_000)) {
                policy.maximumBytes = Int64(megabytes) << 20
            }
            if let days = reader.optional("keepDays", .whole(1...3660)) {
                policy.maximumAge = .seconds(Double(days) * 86_400)
            }
            policy.storms = reader.optional("storms", .storms) ?? StormPolicy()
            return policy
        }
    }
}

extension Form<StormPolicy> {
    /// The section `dispatch.storms`.
    static var storms: Form {
        .mapping { reader in
            var storms = StormPolicy()
            let span = Form<MediaSpan>.duration(.zero ... .seconds(3600))
            storms.coolDown = reader.optional("coolDown", span) ?? storms.coolDown
            storms.mergeWithin = reader.optional("mergeWithin", span) ?? storms.mergeWithin
            storms.ceiling = reader.optional("ceiling", .whole(1...100_000)) ?? storms.ceiling
            return storms
        }
    }
}
