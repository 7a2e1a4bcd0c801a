internal import Alerts
internal import Foundation
internal import Logging
internal import Pipeline
internal import Scene
internal import Synchronization

/// Takes the events of the log to one sink, in their order, on a thread of its own.
///
/// It goes on from its cursor in the store, which moves only past what has arrived, or was noted
/// as refused. What fails is tried again after 1 to 60 seconds, without end.
final class SinkWorker: Sendable {
    /// What the worker works with.
    struct Parts: Sendable {
        /// The sink's id.
        let id: String
        /// Its sort.
        let sort: String
        /// After so many refusals an event is put aside.
        let tries: Int
        /// Makes what takes events there; called once, on the worker's thread.
        let carrier: @Sendable (@escaping StopCheck) -> any Carrier
    }

    private enum Phase {
        case running
        /// It ends at the end of the log, at the first failure or at that moment.
        case ending(at: ContinuousClock.Instant)
    }

    let parts: Parts
    private let store: AlertStore
    private let refused: RefusedLog
    private let logger: Logger
    private let clock: SinkClock
    private let phase = Mutex(Phase.running)
    private let kept: Mutex<SinkFigures>
    private let done = DispatchSemaphore(value: 0)

    private static let batch = 64
    /// Milliseconds between two looks at the log.
    private static let turn = 20

    init(
        _ parts: Parts,
        store: AlertStore,
        folder: String,
        clock: SinkClock = .host,
        logger: Logger
    ) {
        self.parts = parts
        self.store = store
        self.clock = clock
        refused = RefusedLog(sink: parts.id, folder: folder)
        var logger = logger
        logger[metadataKey: "sink"] = "\(parts.id)"
        self.logger = logger
        kept = Mutex(SinkFigures(sink: parts.id, sort: parts.sort))
    }

    /// Names the worker's place in the log.
    var cursor: String { "sink:" + parts.id }

    /// How it is doing.
    var figures: SinkFigures { kept.withLock { $0 } }

    /// Begins on a thread of its own.
    func start() {
        let thread = Thread { [self] in
            run()
            done.signal()
        }
        thread.name = cursor
        thread.start()
    }

    /// Asks it to end with the log, or at that moment at the latest.
    func end(at moment: ContinuousClock.Instant) {
        phase.withLock { $0 = .ending(at: moment) }
    }

    /// Waits for its end; false where it hangs and was left.
    func wait(until moment: ContinuousClock.Instant) -> Bool {
        let left = max(.zero, moment - .now) / .milliseconds(1)
        return done.wait(timeout: .now() + .milliseconds(Int(left))) == .success
    }

    private var isEnding: Bool {
        phase.withLock { if case .ending = $0 { true } else { false } }
    }

    private var mustStop: Bool {
        phase.withLock { if case .ending(let moment) = $0 { .now >= moment } else { false } }
    }

    /// What the thread works on; nobody else sees it.
    private struct Course {
        /// The last event that was dealt with.
        var position: Int64
        /// The last one that the store knows of.
        var stored: Int64
        /// How often the event after `position` was refused.
        var refusals = 0
        var backoff = Backoff()
        var faults = FaultLog()
    }

    private func run() {
        var course = Course(position: 0, stored: 0)
        let carrier = parts.carrier { [weak self] in self?.mustStop ?? true }
        defer { carrier.close() }
        while !mustStop {
            let isLastTry = isEnding
            do {
                course.position = try beginning()
                course.stored = course.position
                break
            } catch {
                fail("cannot begin: \(error)", after: nil, &course)
                if isLastTry { return }
            }
        }
        while !mustStop {
            let isLastTry = isEnding
            do {
                if try !turn(carrier, &course) { break }
            } catch let failure as DeliveryFailure {
                refuseOrWait(failure, &course)
                if isLastTry { break }
            } catch {
                fail("\(error)", after: nil, &course)
                if isLastTry { break }
            }
        }
        try? settle(&course)
        let figures = figures
        let counts =
            "\(figures.delivered) delivered, \(figures.refused) refused, "
            + "\(figures.failures) failures"
        logger.info("ended at event \(course.position): \(counts)")
    }

    /// Where a sink goes on: behind its cursor, or, when it is new, with what has not expired.
    private func beginning() throws -> Int64 {
        if let known = try store.cursors().first(where: { $0.name == cursor }) {
            return known.sequence
        }
        let now = clock.now()
        var position: Int64 = 0
        while true {
            let page = try store.events(after: position, limit: 1000)
            guard let last = page.last else { break }
            if let first = page.first(where: { ($0.expiresAt ?? now) > now }) {
                position = first.sequence - 1
                break
            }
            position = last.sequence
        }
        try store.moveCursor(
            cursor,
            kind: .sink,
            to: position,
            delivered: false,
            now: now
        )
        return position
    }

    /// Does one piece of work, or waits a moment where there is none.
    ///
    /// - Returns: false at the end of the log, where the worker is to end.
    private func turn(_ carrier: any Carrier, _ course: inout Course) throws -> Bool {
        let seen = store.change
        let events = try store.events(after: course.position, limit: Self.batch)
        guard !events.isEmpty else {
            try settle(&course)
            if isEnding { return false }
            try idle(carrier, while: seen)
            course.backoff.succeeded()
            return true
        }
        var parcels: [Parcel] = []
        for event in events {
            guard let parcel = try? Parcel(event) else { break }
            parcels.append(parcel)
        }
        guard !parcels.isEmpty else {
            // Damage in the queue: `patrol queue check` tells of it.
            let parcel = Parcel(sequence: events[0].sequence, id: "", body: "", route: [])
            try putAside(parcel, reason: "the queue's entry is damaged", &course)
            return true
        }
        let delivery = carrier.deliver(parcels[...])
        try arrived(parcels.prefix(delivery.arrived), &course)
        guard let failure = delivery.failure else { return true }
        if failure.code == .refused, course.refusals + 1 >= parts.tries {
            try putAside(parcels[delivery.arrived], reason: failure.message, &course)
            return true
        }
        throw failure
    }

    /// Waits up to a second for somebody to commit something.
    private func idle(_ carrier: any Carrier, while seen: QueueChange) throws {
        let end = ContinuousClock.now + .seconds(1)
        while ContinuousClock.now < end, store.change == seen, !isEnding {
            if let failure = carrier.idle(Self.turn) { throw failure }
            recovered()
        }
    }

    private func arrived(_ parcels: ArraySlice<Parcel>, _ course: inout Course) throws {
        guard let last = parcels.last else { return }
        recovered()
        course.backoff.succeeded()
        course.refusals = 0
        course.position = last.sequence
        let now = clock.now()
        kept.withLock { figures in
            for parcel in parcels {
                figures.add(lag: parcel.recordedAt.map { max(0, (now - $0).seconds) })
            }
            figures.position = last.sequence
        }
        try settle(&course)
    }

    /// Tells the store how far the sink is.
    private func settle(_ course: inout Course, delivered: Bool = true) throws {
        guard course.stored < course.position else { return }
        try store.moveCursor(
            cursor,
            kind: .sink,
            to: course.position,
            delivered: delivered,
            now: clock.now()
        )
        course.stored = course.position
    }

    private func putAside(_ parcel: Parcel, reason: String, _ course: inout Course) throws {
        let tries = course.refusals + 1
        try refused.add(
            parcel,
            sink: parts.id,
            tries: tries,
            reason: reason,
            now: clock.now().rfc3339
        )
        try settle(&course)
        course.position = parcel.sequence
        course.refusals = 0
        course.backoff.succeeded()
        kept.withLock {
            $0.refused += 1
            $0.position = parcel.sequence
        }
        let event = "event \(parcel.sequence) was put aside after \(tries) tries"
        logger.error("\(event), see \(refused.path): \(reason)")
        try settle(&course, delivered: false)
    }

    private func refuseOrWait(_ failure: DeliveryFailure, _ course: inout Course) {
        if failure.code == .refused { course.refusals += 1 }
        fail(failure.message, after: failure.wait, &course)
    }

    /// Tells of a failure, at most once a second, and waits.
    private func fail(_ message: String, after wanted: Duration?, _ course: inout Course) {
        kept.withLock {
            $0.failures += 1
            $0.failuresInARow += 1
            $0.fault = message
        }
        let wait = max(
            course.backoff.wait(jitter: clock.jitter()),
            min(wanted ?? .zero, .seconds(60))
        )
        if let line = course.faults.line(for: message, at: .now) {
            let seconds = (wait / .seconds(1)).rounded()
            logger.warning("\(line); next try in \(Int(seconds)) s")
        }
        if !isEnding { clock.sleep(wait) { [weak self] in self?.isEnding ?? true } }
    }

    private func recovered() {
        let failures = kept.withLock { figures in
            defer {
                figures.failuresInARow = 0
                figures.fault = nil
            }
            return figures.failuresInARow
        }
        if failures > 0 { logger.notice("works again after \(failures) failures") }
    }
}
