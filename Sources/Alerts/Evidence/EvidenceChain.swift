internal import Foundation
internal import Synchronization

/// The chain of evidence of a data folder: signed manifests, one a line, each with the hash of the
/// one before.
///
/// Several processes may append: each append takes the file's lock and first reads what others
/// have added. What is appended is on the disk when the call returns. Calls block.
public final class EvidenceChain: Sendable {
    /// Where the chain is, relative to the data folder.
    public static let file = "evidence/chain.jsonl"
    /// Where the box's key is, relative to the data folder.
    public static let keyFile = "keys/evidence.key"
    /// What stands for the hash of a line where there is none before.
    static let noHash = String(repeating: "0", count: 64)

    /// Path of the chain.
    public let path: String
    /// Path of the key.
    public let keyPath: String
    let folder: String

    struct State {
        var descriptor: Int32
        /// End of the last whole line that was read or written.
        var end: Int64 = 0
        var sequence = 0
        var hash = EvidenceChain.noHash
        var names: Set<String> = []
        /// The last event that has an entry.
        var lastEvent: EvidenceSubject?
        /// Which key signs by what the chain says.
        var key: EvidencePublicKey?
        /// The key that belongs to it.
        var secret: EvidenceKey?
    }

    private let state: Mutex<State>

    /// Opens the chain of a folder; chain, key and folders are made where they are missing.
    ///
    /// - Parameter folder: the data folder.
    /// - Throws: `AlertError` where chain or key cannot be read or made, or do not belong together.
    public init(folder: String) throws(AlertError) {
        self.folder = folder
        path = "\(folder)/\(Self.file)"
        keyPath = "\(folder)/\(Self.keyFile)"
        let parent = (path as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(
                atPath: parent,
                withIntermediateDirectories: true
            )
        } catch {
            throw AlertError(.unavailable, "cannot make the folder \(parent): \(error)")
        }
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw EvidenceDisk.failure("open", path) }
        state = Mutex(State(descriptor: descriptor))
        try locked { (state) throws(AlertError) in try begin(&state) }
    }

    deinit {
        state.withLock { state in
            if state.descriptor >= 0 { close(state.descriptor) }
        }
    }

    /// The public half of the key that signs.
    ///
    /// - Throws: `AlertError` where the chain cannot be read.
    public func publicKey() throws(AlertError) -> EvidencePublicKey {
        let key = try locked { (state) throws(AlertError) in state.key }
        guard let key else { throw noKey }
        return key
    }

    /// Whether an entry of that name is there.
    public func holds(_ name: String) -> Bool {
        state.withLock { $0.names.contains(name) }
    }

    /// The last event that has an entry; nil for none.
    var lastEvent: EvidenceSubject? { state.withLock(\.lastEvent) }

    /// Signs a manifest and appends it.
    ///
    /// - Parameter manifest: what to say; its place in the chain is filled in.
    /// - Returns: the entry; nil where one of the same name was there already.
    /// - Throws: `AlertError`; then nothing was appended, and the call may be tried again.
    @discardableResult
    public func append(_ manifest: EvidenceManifest) throws(AlertError) -> EvidenceEntry? {
        try locked { (state) throws(AlertError) in
            if let name = manifest.name, state.names.contains(name) { return nil }
            return try write(manifest, to: &state)
        }
    }

    /// Begins to sign with a new key; the old one signs that it does.
    ///
    /// - Returns: the new key's public half.
    /// - Throws: `AlertError` where key or chain cannot be written.
    public func rotate() throws(AlertError) -> EvidencePublicKey {
        try locked { (state) throws(AlertError) in
            let fresh = EvidenceKey.random()
            // The new key is on the disk before the chain names it, beside the old one.
            let next = "\(keyPath).next"
            try fresh.write(next)
            var manifest = EvidenceManifest(.key)
            manifest.publicKey = fresh.publicKey.description
            try write(manifest, to: &state, newKey: fresh)
            try adopt(next, &state)
            return fresh.publicKey
        }
    }

    /// Takes the file's lock, reads what others have appended, and does something.
    func locked<Result>(
        _ body: (inout State) throws(AlertError) -> Result
    ) throws(AlertError) -> Result {
        try state.withLock { (state) throws(AlertError) in
            guard flock(state.descriptor, LOCK_EX) == 0 else {
                throw EvidenceDisk.failure("lock", path)
            }
            defer { flock(state.descriptor, LOCK_UN) }
            try reopen(&state)
            try refresh(&state)
            return try body(&state)
        }
    }

    /// Signs and appends; the chain is as before where that fails.
    @discardableResult
    func write(
        _ manifest: EvidenceManifest,
        to state: inout State,
        newKey: EvidenceKey? = nil
    ) throws(AlertError) -> EvidenceEntry {
        guard let secret = state.secret else { throw noKey }
        var manifest = manifest
        manifest.sequence = state.sequence + 1
        manifest.previous = state.hash
        let entry = EvidenceEntry(manifest, by: secret, newKey: newKey)
        do throws(AlertError) {
            try EvidenceDisk.append(Array("\(entry.line)\n".utf8), to: state.descriptor, path: path)
            guard fsync(state.descriptor) == 0 else { throw EvidenceDisk.failure("sync", path) }
        } catch {
            ftruncate(state.descriptor, off_t(state.end))
            throw error
        }
        state.end += Int64(entry.line.utf8.count + 1)
        Self.take(entry, &state)
        return entry
    }

    /// Notes what an entry says.
    private static func take(_ entry: EvidenceEntry, _ state: inout State) {
        let manifest = entry.manifest
        state.sequence = manifest.sequence
        state.hash = entry.hash
        if let name = manifest.name { state.names.insert(name) }
        if manifest.kind == .event { state.lastEvent = manifest.subject }
        guard manifest.kind == .key || (manifest.kind == .beginning && state.key == nil) else {
            return
        }
        state.key = manifest.publicKey.flatMap { EvidencePublicKey($0) } ?? state.key
    }
}

extension EvidenceChain {
    /// Makes the first entry of a new chain, and finds the key of one that is there.
    private func begin(_ state: inout State) throws(AlertError) {
        guard state.sequence == 0 else { return }
        let key: EvidenceKey
        if let kept = try EvidenceKey.read(keyPath) {
            key = kept
        } else {
            key = EvidenceKey.random()
            try key.write(keyPath)
        }
        state.secret = key
        var manifest = EvidenceManifest(.key)
        manifest.publicKey = key.publicKey.description
        try write(manifest, to: &state, newKey: key)
        try EvidenceDisk.syncFolder(of: path)
    }

    /// Opens the file anew where another process has put one in its place.
    private func reopen(_ state: inout State) throws(AlertError) {
        var here = stat()
        var there = stat()
        guard fstat(state.descriptor, &here) == 0, stat(path, &there) == 0,
            here.st_ino == there.st_ino
        else {
            let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else { throw EvidenceDisk.failure("open", path) }
            guard flock(descriptor, LOCK_EX) == 0 else { throw EvidenceDisk.failure("lock", path) }
            close(state.descriptor)
            state = State(descriptor: descriptor)
            return
        }
    }

    /// Reads what others have appended, and cuts off a line that was not written to its end.
    private func refresh(_ state: inout State) throws(AlertError) {
        var status = stat()
        guard fstat(state.descriptor, &status) == 0 else {
            throw EvidenceDisk.failure("examine", path)
        }
        guard status.st_size != state.end else { return try findKey(&state) }
        var lines = LogLines(
            descriptor: state.descriptor,
            from: state.end,
            end: Int64(status.st_size),
            path: path
        )
        while let line = try lines.next() {
            let text = String(decoding: line, as: UTF8.self)
            guard let entry = EvidenceEntry(line: text) else {
                throw AlertError(
                    .invalidData,
                    "\(path): what follows entry \(state.sequence) is damaged; see patrol "
                        + "evidence verify, then move the file away: a new chain begins"
                )
            }
            state.end += Int64(line.count + 1)
            Self.take(entry, &state)
        }
        if state.end < Int64(status.st_size) { ftruncate(state.descriptor, off_t(state.end)) }
        try findKey(&state)
    }

    /// Reads the key that the chain says signs.
    private func findKey(_ state: inout State) throws(AlertError) {
        guard let wanted = state.key, state.secret?.publicKey != wanted else { return }
        if let kept = try EvidenceKey.read(keyPath), kept.publicKey == wanted {
            state.secret = kept
            return
        }
        // A rotation that was broken off after the chain had it.
        let next = "\(keyPath).next"
        guard let kept = try EvidenceKey.read(next), kept.publicKey == wanted else { throw noKey }
        try adopt(next, &state)
    }

    private func adopt(_ next: String, _ state: inout State) throws(AlertError) {
        guard rename(next, keyPath) == 0 else {
            throw EvidenceDisk.failure("rename to", keyPath)
        }
        try EvidenceDisk.syncFolder(of: keyPath)
        state.secret = try EvidenceKey.read(keyPath)
    }

    private var noKey: AlertError {
        AlertError(
            .unavailable,
            "\(keyPath) is not the key that \(path) is signed with; put that key back, or move "
                + "the chain away: a new one begins"
        )
    }
}
