internal import Alerts
internal import Logging
internal import Media
internal import Scene
internal import Synchronization

/// Keeps the chain of evidence of a watched site, behind the alerts and never in their way.
///
/// What cannot be signed now, because a disk is full or a key is not there, waits and is tried
/// again.
final class EvidenceFollower: Sendable {
    private struct State {
        var chain: EvidenceChain?
        /// The last event that was looked at; nil before the first look.
        var position: Int64?
        var waiting: [(EvidenceManifest, String)] = []
        var lost = 0
        var faults = FaultLog()
    }

    let work = EvidenceWork(isLater: true)
    private let folder: String
    private let store: AlertStore
    private let origin: EvidenceOrigin
    private let logger: Logger
    private let state = Mutex(State())

    /// Manifests that may wait to be signed.
    private static let capacity = 1000

    /// A follower of a folder's alerts.
    init(folder: String, store: AlertStore, origin: EvidenceOrigin, logger: Logger) {
        self.folder = folder
        self.store = store
        self.origin = origin
        self.logger = logger
    }

    /// Signs what was committed and is not signed yet, soon; the caller goes on.
    func follow() {
        _ = try? work.submit(isSpared: true) { [self] in catchUp() }
    }

    /// Signs what was added to an alert; to be called in the work.
    func append(_ manifest: EvidenceManifest, copy: String) {
        state.withLock { state in
            if state.waiting.count < Self.capacity {
                state.waiting.append((manifest, copy))
            } else {
                state.lost += 1
            }
        }
        catchUp()
    }

    /// Says of alerts whose stream ended with the program that nothing more comes.
    func closeForgotten() {
        _ = try? work.submit { [self] in
            // The fonts are found before the first alert needs them.
            _ = try? TextMask.draw(["0"], size: 12)
            catchUp()
            let open = (try? store.matters(MatterFilter(sort: .alerts, limit: 2000))) ?? []
            for matter in open {
                guard case .alert(let event) = matter.latest, event.data.clockQuality == .host,
                    let further = event.data.furtherEvidence
                else { continue }
                let subject = EvidenceSubject(
                    id: event.data.alertID,
                    event: "\(event.data.alertID).1",
                    source: event.source,
                    topic: event.data.kind.rawValue,
                    time: event.time
                )
                let manifest = EvidenceManifest(
                    .addition,
                    subject: subject,
                    origin: origin,
                    missing: [MissingEvidence("all", why: "the program ended before it was taken")]
                )
                guard let name = manifest.name,
                    state.withLock({ $0.chain.map { !$0.holds(name) } ?? false })
                else { continue }
                append(manifest, copy: further.file)
            }
        }
    }

    /// Removes evidence of reported alerts that is old or takes too much room, soon.
    func prune(_ policy: EvidencePolicy) {
        _ = try? work.submit(isSpared: true) { [self] in
            catchUp()
            guard let chain = state.withLock({ $0.chain }) else { return }
            do {
                let done = try chain.prune(
                    olderThan: policy.maximumAge,
                    over: policy.maximumBytes,
                    store: store,
                    now: LiveClock.civilNow
                )
                if done.alerts > 0 {
                    logger.notice("evidence of \(done.alerts) reported alerts was removed")
                }
                guard done.isOver else { return }
                let advice = "none of it may be removed: report alerts with patrol queue report"
                logger.warning("evidence takes \(done.keptBytes) bytes, too much, and \(advice)")
            } catch {
                logger.error("old evidence could not be removed: \(error)")
            }
        }
    }

    private func catchUp() {
        state.withLock { state in
            do {
                let chain = try state.chain ?? EvidenceChain(folder: folder)
                state.chain = chain
                let position = try state.position ?? chain.position(in: store)
                state.position = try chain.catchUp(from: store, after: position, origin: origin)
                while let (manifest, copy) = state.waiting.first {
                    try chain.sign(manifest, copy: copy, folder: folder)
                    state.waiting.removeFirst()
                }
                guard state.lost > 0 else { return }
                logger.error("evidence of \(state.lost) alerts could not be signed and is lost")
                state.lost = 0
            } catch {
                guard let line = state.faults.line(for: "\(error)", at: .now) else { return }
                logger.warning("evidence waits to be signed: \(line)")
            }
        }
    }
}
