internal import Foundation
public import Scene

/// Hands out evidence with all that is needed to check it elsewhere.
public struct EvidenceExport {
    /// The lines of the chain that concern what was exported.
    public static let chainFile = "chain.jsonl"
    /// The public keys of the chain, one a line, oldest first.
    public static let keysFile = "public-keys.txt"

    /// What to hand out.
    public struct Selection: Sendable {
        /// Of the alerts whose ids begin so; nil for all.
        public var alert: String?
        /// From this moment on, by the time of the events.
        public var from: Instant?
        /// Up to and without this moment.
        public var to: Instant?

        /// A selection of all that fits every condition.
        public init(alert: String? = nil, from: Instant? = nil, to: Instant? = nil) {
            self.alert = alert
            self.from = from
            self.to = to
        }

        func holds(_ subject: EvidenceSubject) -> Bool {
            if let alert, !subject.id.hasPrefix(alert.lowercased()) { return false }
            if let from, subject.time.instant < from { return false }
            if let to, subject.time.instant >= to { return false }
            return true
        }
    }

    /// Alerts and faults that were exported.
    public private(set) var subjects: Set<String> = []
    /// Files that were copied.
    public private(set) var files = 0
    /// Files that are no longer there.
    public private(set) var removed: [String] = []

    /// Copies into a folder, which must be empty or missing: the files, their lines of the chain
    /// and the public keys.
    ///
    /// An alert of which any entry fits is exported whole.
    /// - Parameters:
    ///   - selection: what to hand out.
    ///   - folder: the data folder.
    ///   - target: the folder to make.
    /// - Throws: `AlertError` where nothing fits, or something cannot be read or written.
    public init(
        _ selection: Selection,
        from folder: String,
        to target: String
    ) throws(AlertError) {
        let entries = try EvidenceExport.entries(of: folder)
        let chosen = Set(
            entries.compactMap(\.manifest.subject).filter(selection.holds).map(\.id)
        )
        guard !chosen.isEmpty else {
            throw AlertError(.missing, "no evidence in \(folder) fits; see patrol evidence show")
        }
        if let held = try? FileManager.default.contentsOfDirectory(atPath: target), !held.isEmpty {
            throw AlertError(.conflict, "\(target) is not empty; name a folder that is not there")
        }
        subjects = chosen
        var lines = ""
        for entry in entries {
            let manifest = entry.manifest
            let isChosen = manifest.subject.map { chosen.contains($0.id) } ?? false
            guard isChosen || manifest.publicKey != nil else { continue }
            lines += entry.line + "\n"
            for file in manifest.files where manifest.kind != .removal {
                try copy(file.file, from: folder, to: target)
            }
        }
        let keys = entries.compactMap(\.manifest.publicKey)
        let text = keys.reduce(into: "") { $0 += $1 + "\n" }
        try EvidenceDisk.write(text, to: "\(target)/\(Self.keysFile)", mode: 0o644)
        try EvidenceDisk.write(lines, to: "\(target)/\(Self.chainFile)", mode: 0o644)
    }

    private mutating func copy(
        _ file: String,
        from folder: String,
        to target: String
    ) throws(AlertError) {
        let (source, place) = ("\(folder)/\(file)", "\(target)/\(file)")
        let manager = FileManager.default
        guard manager.fileExists(atPath: source) else {
            removed.append(file)
            return
        }
        guard !manager.fileExists(atPath: place) else { return }
        do {
            try manager.createDirectory(
                atPath: (place as NSString).deletingLastPathComponent,
                withIntermediateDirectories: true
            )
            try manager.copyItem(atPath: source, toPath: place)
        } catch {
            throw AlertError(.unavailable, "cannot copy \(source) to \(place): \(error)")
        }
        files += 1
    }

    /// The entries of a chain, in order.
    ///
    /// - Parameter folder: the data folder, or one that was exported.
    /// - Returns: the whole entries; those that are damaged are left out.
    /// - Throws: `AlertError` where there is no chain.
    public static func entries(of folder: String) throws(AlertError) -> [EvidenceEntry] {
        let whole = "\(folder)/\(EvidenceChain.file)"
        let isWhole = FileManager.default.fileExists(atPath: whole)
        let path = isWhole ? whole : "\(folder)/\(chainFile)"
        return try EvidenceVerification.contents(path).split(separator: UInt8(ascii: "\n"))
            .compactMap { EvidenceEntry(line: String(decoding: $0, as: UTF8.self)) }
    }
}
