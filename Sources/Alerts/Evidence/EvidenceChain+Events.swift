extension EvidenceChain {
    /// How the file ends that holds the signed line of what was added to an alert.
    public static let manifestSuffix = "-manifest.json"

    /// The entry of an event, made of what the event says.
    public static func manifest(
        of event: any ContractEvent,
        origin: EvidenceOrigin
    ) -> EvidenceManifest {
        var origin = origin
        if event.matter.clockQuality != origin.clockQuality {
            origin = EvidenceOrigin(
                configuration: origin.configuration,
                model: origin.model,
                program: origin.program,
                clockQuality: event.matter.clockQuality
            )
        }
        return EvidenceManifest(
            .event,
            subject: EvidenceSubject(event),
            origin: origin,
            files: event.matter.evidence.map { file in
                ManifestFile(
                    kind: .snapshot,
                    file: file.file,
                    sha256: file.sha256,
                    mark: file.mark
                )
            }
        )
    }

    /// Appends the entries of events that were committed and have none yet.
    ///
    /// - Parameters:
    ///   - store: where events are committed.
    ///   - sequence: the last event that was looked at, 0 for none.
    ///   - origin: under what they were decided.
    /// - Returns: the last event that was looked at.
    /// - Throws: `AlertError`; the same call may be tried again.
    public func catchUp(
        from store: AlertStore,
        after sequence: Int64,
        origin: EvidenceOrigin
    ) throws(AlertError) -> Int64 {
        var last = sequence
        while true {
            let page = try store.events(after: last, limit: 200)
            for stored in page {
                let event = try stored.event().common
                if event.needsEntry { try append(Self.manifest(of: event, origin: origin)) }
                last = stored.sequence
            }
            if page.isEmpty { return last }
        }
    }

    /// Where to begin to catch up: after the last event that the chain has an entry of.
    public func position(in store: AlertStore) throws(AlertError) -> Int64 {
        guard let last = lastEvent else { return 0 }
        return try store.sequence(of: last.event, source: last.source) ?? 0
    }
}
