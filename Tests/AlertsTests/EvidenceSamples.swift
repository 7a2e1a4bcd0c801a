import Foundation
import Scene

@testable import Alerts

/// A data folder with events, their pictures and their chain.
final class EvidenceFolder {
    static let origin = EvidenceOrigin(
        configuration: Digest.sha256([1, 2, 3]),
        model: "own-0123456789abcdef",
        clockQuality: .stated
    )

    let folder: Folder
    var path: String { folder.url.path }
    var chain: String { "\(path)/\(EvidenceChain.file)" }
    private(set) var events: [AlertEvent] = []

    /// A folder with that many alerts, each with a picture, and one with an addition.
    init(alerts: Int = 4) throws {
        folder = try Folder()
        let chain = try EvidenceChain(folder: path)
        let log = try AlertLog(url: folder.url.appendingPathComponent(AlertLog.fileName))
        for number in 1...alerts {
            let event = try picture(number)
            events.append(event)
            try log.append(event)
            try chain.append(EvidenceChain.manifest(of: event, origin: Self.origin))
        }
        let clip = "evidence/gate-1/\(events[0].data.alertID)-clip.mp4"
        try write("a clip", to: clip)
        let added = ManifestFile(kind: .clip, file: clip, sha256: hash("a clip"), seconds: 15)
        try chain.append(
            EvidenceManifest(
                .addition,
                subject: EvidenceSubject(events[0]),
                origin: Self.origin,
                files: [added],
                missing: [MissingEvidence("wide 2", why: "the recording ended before")]
            )
        )
        try log.close()
    }

    /// An alert whose picture is on the disk.
    func picture(_ number: Int) throws -> AlertEvent {
        let incident = Sample.incident(number: number)
        let id = AlertEvent.alertID(for: incident, context: Sample.context())
        let text = "picture \(number)"
        let file = "evidence/gate-1/\(id)-1.jpg"
        try write(text, to: file)
        let evidence = EvidenceFile(
            kind: .snapshot,
            file: file,
            sha256: hash(text),
            mediaType: "image/jpeg",
            mark: "7K2M-9QXD-04FT"
        )
        return AlertEvent(incident: incident, context: Sample.context(), evidence: [evidence])
    }

    func write(_ text: String, to file: String) throws {
        let url = folder.url.appendingPathComponent(file)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: url)
    }

    func file(_ number: Int) -> String { events[number - 1].data.evidence[0].file }

    /// Changes the lines of the chain.
    func edit(_ change: (inout [String]) throws -> Void) throws {
        let url = URL(fileURLWithPath: chain)
        var lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
            .map(String.init)
        try change(&lines)
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url)
    }

    func verify(
        trusted: [EvidencePublicKey] = [],
        expecting: RemovedEntries? = nil
    ) throws -> EvidenceVerification {
        try EvidenceVerification(folder: path, trusted: trusted, expecting: expecting)
    }

    func codes() throws -> [EvidenceFinding.Code] { try verify().findings.map(\.code) }

    func hash(_ text: String) -> String { Digest.sha256(Array(text.utf8)) }
}
