public import Scene

/// What one entry of the chain of evidence says; it is signed as canonical JSON.
public struct EvidenceManifest: Hashable, Sendable, Codable {
    /// What an entry is about.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// The key that signs from here on.
        case key
        /// The files that an event names.
        case event
        /// What was added to an alert later: further pictures, a close-up, a clip.
        case addition
        /// Files that were removed because they were old or took too much room.
        case removal
        /// Where the chain begins, since all before was removed.
        case beginning
    }

    /// Counts the entries of a chain from 1.
    public var sequence: Int
    /// SHA-256 of the line before, 64 zeros in the first entry.
    public var previous: String
    /// What the entry is about.
    public let kind: Kind
    /// Whose files these are; nil for keys and beginnings.
    public var subject: EvidenceSubject?
    /// Under what it was decided; nil for keys and beginnings.
    public var origin: EvidenceOrigin?
    /// The files, each with its hash.
    public var files: [ManifestFile]
    /// What should be there and is not.
    public var missing: [MissingEvidence]
    /// Of a key: its public half; of a beginning: that which signs what follows.
    public var publicKey: String?
    /// Of a beginning: the last entry that was removed, and its hash.
    public var removedThrough: RemovedEntries?
    /// Why files were removed.
    public var reason: String?

    /// An entry; its place in the chain is set when it is appended.
    public init(
        _ kind: Kind,
        subject: EvidenceSubject? = nil,
        origin: EvidenceOrigin? = nil,
        files: [ManifestFile] = [],
        missing: [MissingEvidence] = []
    ) {
        sequence = 0
        previous = ""
        self.kind = kind
        self.subject = subject
        self.origin = origin
        self.files = files
        self.missing = missing
    }

    /// Tells one entry from every other, so that none is appended twice; nil where that may be.
    public var name: String? {
        guard kind == .event || kind == .addition, let subject else { return nil }
        return "\(kind.rawValue) \(subject.event)"
    }
}

/// Whose files an entry names.
public struct EvidenceSubject: Hashable, Sendable, Codable {
    /// The id of the alert, or of the fault of a camera.
    public let id: String
    /// The event's id; that of the opening for what was added later.
    public let event: String
    /// The event's CloudEvents source.
    public let source: String
    /// The kind of the zone, or the fault.
    public let topic: String
    /// When the event was, or the last of what was added; UTC.
    public let time: Timestamp

    /// What an entry is about.
    public init(id: String, event: String, source: String, topic: String, time: Timestamp) {
        self.id = id
        self.event = event
        self.source = source
        self.topic = topic
        self.time = time
    }

    /// What an event is about.
    public init(_ event: any ContractEvent) {
        id = event.matter.matterID
        self.event = event.id
        source = event.source
        topic = event.matter.topic
        time = event.time
    }
}

/// Under what something was decided.
public struct EvidenceOrigin: Hashable, Sendable, Codable {
    /// SHA-256 of the site file's bytes.
    public let configuration: String
    /// Names the network and its weights; nil where none looked.
    public let model: String?
    /// Version of the program.
    public let program: String
    /// How well civil time was known.
    public let clockQuality: ClockQuality

    /// The version of this program.
    public static let thisProgram = "0.1.0"

    /// All of it.
    public init(
        configuration: String,
        model: String?,
        program: String = Self.thisProgram,
        clockQuality: ClockQuality
    ) {
        self.configuration = configuration
        self.model = model
        self.program = program
        self.clockQuality = clockQuality
    }
}

/// A file of evidence in a manifest.
public struct ManifestFile: Hashable, Sendable, Codable {
    /// What a file shows.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// The moment of an event, zone and object drawn in.
        case snapshot
        /// The moment at which the matter began.
        case arrival
        /// The whole view, some time after the opening.
        case wide
        /// The object, from the opening's frame.
        case closeUp = "close_up"
        /// Several pictures in one.
        case composite
        /// Video as the camera sent it.
        case clip
    }

    /// What it shows; `type` in JSON.
    public let kind: Kind
    /// Path relative to the data folder.
    public let file: String
    /// SHA-256 of its bytes.
    public let sha256: String
    /// The mark that is written into the picture.
    public let mark: String?
    /// When it was taken, or when a clip begins, by the stream's clock.
    public let time: Timestamp?
    /// Of a clip: how long it is.
    public let seconds: Double?

    /// A file that is complete and on the disk.
    public init(
        kind: Kind,
        file: String,
        sha256: String,
        mark: String? = nil,
        time: Timestamp? = nil,
        seconds: Double? = nil
    ) {
        self.kind = kind
        self.file = file
        self.sha256 = sha256
        self.mark = mark
        self.time = time
        self.seconds = seconds
    }

    enum CodingKeys: String, CodingKey {
        case kind = "type"
        case file
        case sha256
        case mark
        case time
        case seconds
    }
}

/// Evidence that should be there and is not.
public struct MissingEvidence: Hashable, Sendable, Codable {
    /// What is missing, such as `clip` or `wide 2`.
    public let what: String
    /// Why.
    public let why: String

    /// What is missing, and why.
    public init(_ what: String, why: String) {
        self.what = what
        self.why = why
    }
}

/// The end of the part of a chain that was removed.
public struct RemovedEntries: Hashable, Sendable, Codable {
    /// The last entry that was removed.
    public let sequence: Int
    /// SHA-256 of its line.
    public let hash: String

    /// The last entry that was removed.
    public init(sequence: Int, hash: String) {
        self.sequence = sequence
        self.hash = hash
    }
}

extension EvidenceManifest {
    /// Equal manifests give equal bytes.
    func canonical() -> String {
        var json = CanonicalJSON()
        json.integer("sequence", sequence)
        json.string("previous", previous)
        json.string("kind", kind.rawValue)
        if let subject {
            json.object("subject") { json in
                json.string("id", subject.id)
                json.string("event", subject.event)
                json.string("source", subject.source)
                json.string("topic", subject.topic)
                json.string("time", subject.time.description)
            }
        }
        if let origin {
            json.object("origin") { json in
                json.string("configuration", origin.configuration)
                json.string("model", ifPresent: origin.model)
                json.string("program", origin.program)
                json.string("clockQuality", origin.clockQuality.rawValue)
            }
        }
        json.array("files", files) { json, file in file.write(&json) }
        json.array("missing", missing) { json, missing in
            json.string("what", missing.what)
            json.string("why", missing.why)
        }
        json.string("publicKey", ifPresent: publicKey)
        if let removedThrough {
            json.object("removedThrough") { json in
                json.integer("sequence", removedThrough.sequence)
                json.string("hash", removedThrough.hash)
            }
        }
        json.string("reason", ifPresent: reason)
        return json.finished
    }
}

extension ManifestFile {
    fileprivate func write(_ json: inout CanonicalJSON) {
        json.string("type", kind.rawValue)
        json.string("file", file)
        json.string("sha256", sha256)
        json.string("mark", ifPresent: mark)
        json.string("time", ifPresent: time?.description)
        if let seconds { json.number("seconds", seconds, decimals: 6) }
    }
}
