internal import Alerts
internal import Site
internal import Synchronization

/// The chain of evidence in the order of the recordings, whatever the order they are analysed in.
///
/// Entries of the first unfinished recording are signed as they come; those of later ones wait in
/// memory. Safe to use from many threads.
final class EvidenceOrder: Sendable {
    private struct State {
        var next = 0
        var isFinished: [Bool]
        var waiting: [[(EvidenceManifest, String?)]]
    }

    private let chain: EvidenceChain
    private let folder: String
    private let state: Mutex<State>

    /// An order of that many recordings.
    init(chain: EvidenceChain, folder: String, recordings: Int) {
        self.chain = chain
        self.folder = folder
        state = Mutex(
            State(
                isFinished: Array(repeating: false, count: recordings),
                waiting: Array(repeating: [], count: recordings)
            )
        )
    }

    /// Signs a manifest of a recording, now or in its turn.
    ///
    /// - Parameters:
    ///   - manifest: what to sign.
    ///   - copy: where a copy of the signed line goes; nil for nowhere.
    ///   - recording: index of the recording.
    /// - Throws: `AlertError` or `PipelineError` where it cannot be written.
    func append(_ manifest: EvidenceManifest, copy: String?, of recording: Int) throws {
        try state.withLock { state in
            if recording == state.next {
                try chain.sign(manifest, copy: copy, folder: folder)
            } else {
                state.waiting[recording].append((manifest, copy))
            }
        }
    }

    /// Signs an event of a recording that was not given this time, once all are finished.
    func append(forgotten event: QueueEvent, of site: SiteConfiguration, model: String?) throws {
        guard event.common.needsEntry else { return }
        let origin = EvidenceOrigin(
            configuration: Digest.sha256(site.digestInput),
            model: model,
            clockQuality: event.common.matter.clockQuality
        )
        try chain.append(EvidenceChain.manifest(of: event.common, origin: origin))
    }

    /// Tells that a recording adds no more, and signs what waited for that.
    ///
    /// - Parameter recording: index of the recording.
    /// - Throws: `AlertError` or `PipelineError` where something cannot be written.
    func finish(_ recording: Int) throws {
        try state.withLock { state in
            state.isFinished[recording] = true
            while state.next < state.isFinished.count, state.isFinished[state.next] {
                state.next += 1
                guard state.next < state.waiting.count else { break }
                for (manifest, copy) in state.waiting[state.next] {
                    try chain.sign(manifest, copy: copy, folder: folder)
                }
                state.waiting[state.next] = []
            }
        }
    }
}

extension EvidenceChain {
    /// Appends a manifest, and writes a copy of its line for whoever wants this alert's alone.
    func sign(_ manifest: EvidenceManifest, copy: String?, folder: String) throws {
        guard let entry = try append(manifest), let copy else { return }
        try DurableFile.write(Array("\(entry.line)\n".utf8), to: "\(folder)/\(copy)")
    }
}
