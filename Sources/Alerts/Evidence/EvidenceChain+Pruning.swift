internal import Foundation
public import Scene

/// What was removed to stay within the bounds.
public struct PrunedEvidence: Hashable, Sendable {
    /// Alerts and faults whose evidence was removed.
    public internal(set) var alerts = 0
    /// Files that were removed.
    public internal(set) var files = 0
    /// Their bytes.
    public internal(set) var bytes: Int64 = 0
    /// Bytes of evidence that are left.
    public internal(set) var keptBytes: Int64 = 0
    /// Whether these are too many, because the rest may not be removed.
    public internal(set) var isOver = false
}

extension EvidenceChain {
    /// The evidence of one alert or fault.
    private struct Holding {
        let subject: EvidenceSubject
        var files: [ManifestFile]
        var bytes: Int64
        /// When the latest of its files was written.
        var written: Instant
    }

    /// From this size on, the beginning of the chain goes where all that it names is removed.
    private static let usualChainBytes: Int64 = 128 << 20

    /// Removes evidence that is old, and the oldest where it takes too much room; never that of an
    /// alert that nobody has reported on.
    ///
    /// An entry that says so is signed before a file goes, so that what is removed is told from
    /// what is taken away.
    ///
    /// - Parameters:
    ///   - age: how long files are kept.
    ///   - limit: bytes of evidence that are kept.
    ///   - store: says what was reported; what it no longer knows counts as reported.
    ///   - now: the time by the host's clock.
    /// - Returns: what was removed.
    /// - Throws: `AlertError` where chain, queue or a file cannot be read or changed.
    public func prune(
        olderThan age: MediaSpan,
        over limit: Int64,
        store: AlertStore,
        now: Instant
    ) throws(AlertError) -> PrunedEvidence {
        try prune(
            olderThan: age,
            over: limit,
            store: store,
            now: now,
            chainBytes: Self.usualChainBytes
        )
    }

    func prune(
        olderThan age: MediaSpan,
        over limit: Int64,
        store: AlertStore,
        now: Instant,
        chainBytes: Int64
    ) throws(AlertError) -> PrunedEvidence {
        try locked { (state) throws(AlertError) in
            let entries = try EvidenceExport.entries(of: folder)
            var holdings = self.holdings(entries)
            var done = PrunedEvidence()
            done.keptBytes = holdings.reduce(0) { $0 + $1.bytes }
            holdings.sort { ($0.written, $0.subject.id) < ($1.written, $1.subject.id) }
            let states = try store.states(of: holdings.map(\.subject.id))
            for holding in holdings {
                let isOld = now - holding.written > age
                guard isOld || done.keptBytes > limit else { continue }
                let current = states[holding.subject.id]
                guard current == nil || current == .reported || current == .noted else { continue }
                try remove(holding, isOld: isOld, &state)
                done.alerts += 1
                done.files += holding.files.count
                done.bytes += holding.bytes
                done.keptBytes -= holding.bytes
            }
            done.isOver = done.keptBytes > limit
            if state.end > chainBytes { try cut(&state) }
            return done
        }
    }

    /// What is there of each alert and fault; remains of a removal that was broken off are deleted.
    private func holdings(_ entries: [EvidenceEntry]) -> [Holding] {
        var holdings: [String: Holding] = [:]
        var gone: Set<String> = []
        for entry in entries where entry.manifest.kind == .removal {
            gone.formUnion(entry.manifest.files.map(\.file))
        }
        for file in gone { unlink("\(folder)/\(file)") }
        var counted: Set<String> = []
        for entry in entries {
            let manifest = entry.manifest
            guard let subject = manifest.subject, manifest.kind != .removal else { continue }
            for file in manifest.files where !gone.contains(file.file) {
                var status = stat()
                guard counted.insert(file.file).inserted,
                    stat("\(folder)/\(file.file)", &status) == 0
                else { continue }
                let written = Instant(microseconds: Int64(status.st_mtim.tv_sec) * 1_000_000)
                var holding =
                    holdings[subject.id]
                    ?? Holding(subject: subject, files: [], bytes: 0, written: written)
                holding.files.append(file)
                holding.bytes += Int64(status.st_size)
                holding.written = max(holding.written, written)
                holdings[subject.id] = holding
            }
        }
        return Array(holdings.values)
    }

    private func remove(
        _ holding: Holding,
        isOld: Bool,
        _ state: inout State
    ) throws(AlertError) {
        var manifest = EvidenceManifest(
            .removal,
            subject: holding.subject,
            files: holding.files
        )
        manifest.reason = isOld ? "it was old" : "there was no room"
        try write(manifest, to: &state)
        for file in holding.files {
            let path = "\(folder)/\(file.file)"
            guard unlink(path) == 0 || errno == ENOENT else {
                throw EvidenceDisk.failure("remove", path)
            }
        }
        if let first = holding.files.first {
            let parent = (first.file as NSString).deletingLastPathComponent
            unlink("\(folder)/\(parent)/\(holding.subject.id)\(Self.manifestSuffix)")
            try EvidenceDisk.syncFolder(of: "\(folder)/\(first.file)")
        }
    }

    /// Drops the beginning of the chain as far as all that it names is removed, and signs that.
    private func cut(_ state: inout State) throws(AlertError) {
        let entries = try EvidenceExport.entries(of: folder)
        var gone: Set<String> = []
        for entry in entries where entry.manifest.kind == .removal {
            gone.formUnion(entry.manifest.files.map(\.file))
        }
        var key = entries.first?.manifest.publicKey
        var last: EvidenceEntry?
        for entry in entries {
            let manifest = entry.manifest
            let isNeeded =
                (manifest.kind == .event || manifest.kind == .addition)
                && !manifest.files.allSatisfy { gone.contains($0.file) }
            guard !isNeeded, manifest.sequence < state.sequence else { break }
            if manifest.kind == .key { key = manifest.publicKey }
            last = entry
        }
        guard let last, last.manifest.sequence > 1 || entries.first != last else { return }
        var manifest = EvidenceManifest(.beginning)
        manifest.publicKey = key ?? state.key?.description
        manifest.removedThrough = RemovedEntries(
            sequence: last.manifest.sequence,
            hash: last.hash
        )
        let beginning = try write(manifest, to: &state)
        let kept = entries.drop { $0.manifest.sequence <= last.manifest.sequence } + [beginning]
        let text = kept.reduce(into: "") { $0 += $1.line + "\n" }
        try EvidenceDisk.write(text, to: path, mode: 0o644)
    }
}
