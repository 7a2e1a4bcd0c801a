internal import Foundation

/// Checks a data folder, or what was exported of one, against its chain of evidence.
///
/// Needs no secret, no network and no database. Reads every byte that the chain names.
public struct EvidenceVerification {
    /// What is wrong, in the order of the chain.
    public private(set) var findings: [EvidenceFinding] = []
    /// Entries that were read.
    public private(set) var entries = 0
    /// Files whose bytes were compared.
    public private(set) var files = 0
    /// Files that the program itself has removed.
    public private(set) var removed = 0
    /// The keys that sign, in order.
    public private(set) var keys: [EvidencePublicKey] = []
    /// The last entry and its hash: who keeps these elsewhere finds out that the end was cut off.
    public private(set) var head: RemovedEntries?

    private let folder: String
    private let isExcerpt: Bool
    private let known: [EvidencePublicKey]
    private var named: [String: ManifestFile] = [:]
    private var gone: Set<String> = []
    private var owners: [String: (entry: Int, alert: String)] = [:]
    private var events: Set<String> = []
    private var hashes: [Int: String] = [:]
    private var beginning: RemovedEntries?
    private var hints: [EvidencePublicKey] = []

    /// Whether nothing speaks against the evidence.
    public var isSound: Bool { findings.allSatisfy(\.isNotice) }

    /// Checks everything.
    ///
    /// - Parameters:
    ///   - folder: the data folder, or one that was exported.
    ///   - trusted: keys that are known to be the box's; with none, the chain's first key is
    ///     taken for it.
    ///   - expected: an entry that is known to have been there, with its hash.
    /// - Throws: `AlertError` where there is no chain or it cannot be read.
    public init(
        folder: String,
        trusted: [EvidencePublicKey] = [],
        expecting expected: RemovedEntries? = nil
    ) throws(AlertError) {
        self.folder = folder
        known = trusted
        let whole = "\(folder)/\(EvidenceChain.file)"
        let excerpt = "\(folder)/\(EvidenceExport.chainFile)"
        isExcerpt =
            !FileManager.default.fileExists(atPath: whole)
            && FileManager.default.fileExists(atPath: excerpt)
        try read(isExcerpt ? excerpt : whole)
        checkTrust()
        checkExpected(expected)
        try checkFiles()
        guard !isExcerpt else { return }
        try checkEvents()
        checkUnknownFiles()
    }

    private mutating func report(_ finding: EvidenceFinding) { findings.append(finding) }
}

// The chain itself.
extension EvidenceVerification {
    private mutating func read(_ path: String) throws(AlertError) {
        let text = try Self.contents(path)
        var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if let rest = lines.popLast(), !rest.isEmpty {
            report(
                EvidenceFinding(.tornEntry, "the last line of \(path) was not written to its end")
            )
        }
        hints = Self.hints(in: folder, lines)
        var previous: EvidenceEntry?
        var current: EvidencePublicKey?
        var isInterrupted = false
        for (index, line) in lines.enumerated() {
            let text = String(decoding: line, as: UTF8.self)
            guard let entry = EvidenceEntry(line: text) else {
                report(
                    EvidenceFinding(
                        .changedEntry,
                        entry: previous.map { $0.manifest.sequence + 1 },
                        "line \(index + 1) of the chain is not as it was written"
                            + Self.subject(of: text)
                    )
                )
                isInterrupted = true
                continue
            }
            entries += 1
            if !isInterrupted { checkPlace(of: entry, after: previous) }
            isInterrupted = false
            checkSignature(of: entry, current: &current)
            take(entry)
            previous = entry
        }
        if let previous {
            head = RemovedEntries(sequence: previous.manifest.sequence, hash: previous.hash)
        }
        checkBeginning()
    }

    /// What a damaged line may have been about.
    private static func subject(of line: String) -> String {
        guard let range = line.firstRange(of: "\"subject\":{\"id\":\"") else { return "" }
        let id = line[range.upperBound...].prefix(32)
        return "; it was about \(id)"
    }

    private mutating func checkPlace(of entry: EvidenceEntry, after previous: EvidenceEntry?) {
        let manifest = entry.manifest
        guard let previous else { return }
        let (last, this) = (previous.manifest.sequence, manifest.sequence)
        let alert = manifest.subject?.id
        if this <= last {
            report(
                EvidenceFinding(
                    .reorderedEntry,
                    entry: this,
                    alert: alert,
                    "entry \(this)\(Self.about(manifest)) stands after entry \(last)"
                )
            )
        } else if this > last + 1 {
            guard !isExcerpt else { return }
            let range =
                this == last + 2 ? "entry \(last + 1)" : "entries \(last + 1) to \(this - 1)"
            report(
                EvidenceFinding(
                    .missingEntry,
                    entry: last + 1,
                    "\(range) of the chain, before entry \(this)\(Self.about(manifest)): not there"
                )
            )
        } else if manifest.previous != previous.hash {
            report(
                EvidenceFinding(
                    .changedEntry,
                    entry: last,
                    alert: previous.manifest.subject?.id,
                    "entry \(last)\(Self.about(previous.manifest)) is not the one that entry "
                        + "\(this) was written after"
                )
            )
        }
    }

    static func about(_ manifest: EvidenceManifest) -> String {
        manifest.subject.map { " (\($0.topic) \($0.event))" } ?? ""
    }

    private mutating func checkSignature(
        of entry: EvidenceEntry,
        current: inout EvidencePublicKey?
    ) {
        let manifest = entry.manifest
        let stated = manifest.publicKey.flatMap { EvidencePublicKey($0) }
        if current == nil || isExcerpt { current = signer(of: entry, stated: stated, current) }
        guard let key = current, entry.key == key.id, entry.isSigned(by: key) else {
            report(
                EvidenceFinding(
                    .badSignature,
                    entry: manifest.sequence,
                    alert: manifest.subject?.id,
                    "the signature of entry \(manifest.sequence)\(Self.about(manifest)) is not "
                        + "that of the key \(current?.id ?? entry.key) of its place"
                )
            )
            return
        }
        if keys.last != key { keys.append(key) }
        guard manifest.kind == .key, let stated, stated != key else { return }
        guard entry.isProved(by: stated) else {
            report(
                EvidenceFinding(
                    .badSignature,
                    entry: manifest.sequence,
                    "entry \(manifest.sequence) names the key \(stated.id), which did not sign"
                )
            )
            return
        }
        current = stated
        keys.append(stated)
    }

    /// The key that an entry should be signed with where no entry before says which.
    private func signer(
        of entry: EvidenceEntry,
        stated: EvidencePublicKey?,
        _ current: EvidencePublicKey?
    ) -> EvidencePublicKey? {
        let candidates = known + [stated, current].compactMap { $0 } + hints
        return candidates.first { $0.id == entry.key }
    }

    /// Public keys that the chain names anywhere, or that lie beside it; they help to find a signer
    /// and are not trusted.
    private static func hints(in folder: String, _ lines: [Data]) -> [EvidencePublicKey] {
        let beside = (try? contents("\(folder)/\(EvidenceExport.keysFile)")) ?? Data()
        let listed = String(decoding: beside, as: UTF8.self).split(separator: "\n")
        let stated = lines.compactMap { line in
            EvidenceEntry(line: String(decoding: line, as: UTF8.self))?.manifest.publicKey
        }
        return stated.compactMap { EvidencePublicKey($0) }
            + listed.compactMap { EvidencePublicKey($0) }
    }

    private mutating func take(_ entry: EvidenceEntry) {
        let manifest = entry.manifest
        hashes[manifest.sequence] = entry.hash
        if manifest.sequence == 1, manifest.kind == .key {
            beginning = RemovedEntries(sequence: 0, hash: EvidenceChain.noHash)
        }
        switch manifest.kind {
        case .beginning: beginning = manifest.removedThrough
        case .removal: gone.formUnion(manifest.files.map(\.file))
        case .event, .addition:
            guard let subject = manifest.subject else { return }
            if manifest.kind == .event { events.insert("\(subject.source) \(subject.event)") }
            for file in manifest.files where named[file.file] == nil {
                named[file.file] = file
                owners[file.file] = (manifest.sequence, subject.id)
            }
        case .key: return
        }
    }

    /// A chain begins with its first key, or where the program says that it has cut it.
    private mutating func checkBeginning() {
        guard !isExcerpt, let first = hashes.keys.min() else { return }
        let cut = beginning?.sequence ?? 0
        guard first > cut + 1 else { return }
        let before = first == 2 ? "entry 1" : "entries 1 to \(first - 1)"
        report(
            EvidenceFinding(.missingEntry, entry: 1, "\(before) of the chain: not there")
        )
    }

    private mutating func checkTrust() {
        guard !known.isEmpty, !known.contains(where: keys.contains) else { return }
        let names = keys.map(\.id).joined(separator: ", ")
        report(
            EvidenceFinding(
                .untrustedKey,
                "the chain is signed by \(names.isEmpty ? "nobody" : names), which is not the key "
                    + "given"
            )
        )
    }

    private mutating func checkExpected(_ expected: RemovedEntries?) {
        guard let expected, hashes[expected.sequence] != expected.hash else { return }
        if let beginning, expected.sequence <= beginning.sequence { return }
        let isThere = hashes[expected.sequence] != nil
        report(
            EvidenceFinding(
                isThere ? .changedEntry : .missingEntry,
                entry: expected.sequence,
                "entry \(expected.sequence), which is known to have been there, "
                    + (isThere ? "is another one" : "is not there")
            )
        )
    }
}

// What the chain names.
extension EvidenceVerification {
    private mutating func checkFiles() throws(AlertError) {
        for (path, file) in named.sorted(by: { $0.key < $1.key }) {
            let owner = owners[path]
            if gone.contains(path) { removed += 1 }
            guard FileManager.default.fileExists(atPath: "\(folder)/\(path)") else {
                if gone.contains(path) || isExcerpt { continue }
                report(
                    EvidenceFinding(
                        .missingFile,
                        entry: owner?.entry,
                        alert: owner?.alert,
                        file: path,
                        "\(path) of \(owner?.alert ?? "?") is not there"
                    )
                )
                continue
            }
            files += 1
            let hash = try EvidenceHash.ofFile("\(folder)/\(path)")
            guard hash != file.sha256 else { continue }
            report(
                EvidenceFinding(
                    .changedFile,
                    entry: owner?.entry,
                    alert: owner?.alert,
                    file: path,
                    "\(path) of \(owner?.alert ?? "?") is not what was signed"
                )
            )
        }
    }

    /// Every event with evidence has its entry, unless the chain begins later.
    private mutating func checkEvents() throws(AlertError) {
        let path = "\(folder)/\(AlertLog.fileName)"
        guard FileManager.default.fileExists(atPath: path), beginning?.sequence == 0 else {
            return
        }
        for line in try Self.contents(path).split(separator: UInt8(ascii: "\n")) {
            let text = String(decoding: line, as: UTF8.self)
            guard let event = try? QueueEvent(jsonLine: text).common, event.needsEntry,
                !events.contains("\(event.source) \(event.id)")
            else { continue }
            report(
                EvidenceFinding(
                    .missingAlert,
                    alert: event.matter.matterID,
                    "event \(event.id) (\(event.matter.topic)) has no entry in the chain: it was "
                        + "removed, or a run was broken off; run the same command again and look "
                        + "whether it comes back"
                )
            )
        }
    }

    private mutating func checkUnknownFiles() {
        let root = "\(folder)/evidence"
        let paths = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        for path in paths.sorted() {
            let file = "evidence/\(path)"
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(
                atPath: "\(root)/\(path)",
                isDirectory: &isFolder
            )
            guard isThere, !isFolder.boolValue, named[file] == nil, file != EvidenceChain.file,
                !path.hasSuffix(".part"), !path.hasSuffix(EvidenceChain.manifestSuffix)
            else { continue }
            report(EvidenceFinding(.unknownFile, file: file, "no entry names \(file)"))
        }
    }

    static func contents(_ path: String) throws(AlertError) -> Data {
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        } catch {
            throw AlertError(
                .unavailable,
                "cannot read \(path); name the folder that score or run has written, or one that "
                    + "was exported",
                cause: error
            )
        }
    }
}

/// Hashes of files of any size.
enum EvidenceHash {
    private static let piece: Int64 = 1 << 20

    /// The SHA-256 of a file in 64 hexadecimal digits.
    static func ofFile(_ path: String) throws(AlertError) -> String {
        let file = try RegularFile(reading: path)
        var hash = SHA256()
        var position: Int64 = 0
        while position < file.size {
            let next = min(file.size, position + piece)
            hash.update(try file.bytes(from: position, to: next))
            position = next
        }
        return Digest.hexadecimal(hash.finish())
    }
}

extension ContractEvent {
    /// Whether the chain has an entry for the event: the queue's own have no evidence of their own.
    public var needsEntry: Bool {
        let isOwn = id.split(separator: ".").count == 2
        return isOwn && !matter.evidence.isEmpty
    }
}
