internal import Alerts
internal import Foundation
internal import Rules
internal import Scene

/// What the watch over one live camera needs in order to go on after the program has stopped.
///
/// The analysis is kept encoded within it: the rest can be read where a newer program cannot read
/// that, so that what was open is ended and what was not yet told is told.
struct CameraCheckpoint: Sendable, Codable {
    /// What it was learned under.
    let basis: CheckpointBasis
    /// The stream that goes on.
    let stream: StreamIdentity
    /// Civil time of the stream's first frame.
    let anchor: ClockAnchor
    /// Time of the last frame.
    let time: MediaTime
    /// The last event of every matter that was open.
    let open: [Matter]
    /// Events of the contract that were about to be committed, their evidence on the disk.
    var pending: [String]
    /// An `AnalysisCheckpoint` as a binary property list.
    private let analysis: Data

    /// A state whose time and open matters are those of the analysis unless given.
    init(
        basis: CheckpointBasis,
        stream: StreamIdentity,
        anchor: ClockAnchor,
        time: MediaTime? = nil,
        open: [Matter]? = nil,
        pending: [String],
        analysis: AnalysisCheckpoint
    ) throws {
        self.basis = basis
        self.stream = stream
        self.anchor = anchor
        self.time = time ?? analysis.lastTime
        self.open = open ?? analysis.openMatters
        self.pending = pending
        self.analysis = try Self.encoded(analysis)
    }

    /// Reads the state of the analysis.
    ///
    /// - Throws: `DecodingError` where this program keeps its state in another way.
    func analysisCheckpoint() throws -> AnalysisCheckpoint {
        try PropertyListDecoder().decode(AnalysisCheckpoint.self, from: analysis)
    }

    /// Whether the zones lie suspended because the camera was moved, and somebody wrote the site
    /// file since: that confirms or corrects them.
    func isConfirmed(bySiteFileOf written: Instant?) -> Bool {
        guard let written else { return false }
        return open.contains { matter in
            guard case .health(let health) = matter, health.suspendsZones else { return false }
            return anchor.instant(at: health.time) < written
        }
    }

    static func encoded(_ value: some Encodable) throws -> Data {
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        return try encoder.encode(value)
    }
}
