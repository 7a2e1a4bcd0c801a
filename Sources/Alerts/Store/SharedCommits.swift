internal import Dispatch
internal import GRDB
internal import Synchronization

/// Lets threads that change the queue at the same time share a transaction, and so one sync of the
/// disk.
///
/// Who comes while nobody writes does its own work at once. Who comes meanwhile waits in line, and
/// the first of the line then does the work of all that wait, in their order, as one transaction.
/// Nobody is answered before the sync of what it asked for.
final class SharedCommits: Sendable {
    /// One caller's work.
    ///
    /// Sendable: until `turn` is signalled it belongs to whoever leads, and from then on to its
    /// caller.
    private final class Job: @unchecked Sendable {
        let work: (Database) throws -> Void
        let turn = DispatchSemaphore(value: 0)
        var failure: (any Error)?
        var isAnswered = false

        init(work: @escaping (Database) throws -> Void) {
            self.work = work
        }
    }

    private struct Line {
        var waiting: [Job] = []
        var isLed = false
    }

    /// A sync is shared by so many at most, so that no transaction takes long.
    private static let atOnce = 64

    private let line = Mutex(Line())
    private let writer: any DatabaseWriter
    private let mover: LogMover

    init(writer: any DatabaseWriter, mover: LogMover) {
        self.writer = writer
        self.mover = mover
    }

    /// Does one piece of work; when it returns, what was done is on the disk.
    ///
    /// - Throws: what the work has thrown, or why it could not be kept; then nothing was done.
    func run<Result>(_ work: @escaping (Database) throws -> Result) throws -> Result {
        var result: Result?
        let job = Job { result = try work($0) }
        let leads = line.withLock { line in
            line.waiting.append(job)
            defer { line.isLed = true }
            return !line.isLed
        }
        if !leads { job.turn.wait() }
        if !job.isAnswered { lead() }
        if let failure = job.failure { throw failure }
        guard let result else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
        return result
    }

    /// Does the work of the first in line, whose thread this is, and of those behind it.
    private func lead() {
        let jobs = line.withLock { line in
            let jobs = Array(line.waiting.prefix(Self.atOnce))
            line.waiting.removeFirst(jobs.count)
            return jobs
        }
        perform(jobs)
        for job in jobs {
            job.isAnswered = true
            job.turn.signal()
        }
        mover.committed(jobs.count, through: writer)
        let next = line.withLock { line in
            line.isLed = !line.waiting.isEmpty
            return line.waiting.first
        }
        next?.turn.signal()
    }

    private func perform(_ jobs: [Job]) {
        if jobs.count > 1, isDoneTogether(jobs) { return }
        for job in jobs {
            do {
                job.failure = nil
                try writer.write(job.work)
            } catch {
                job.failure = error
            }
        }
    }

    /// Does all work as one transaction, where a failure takes back only what it was part of.
    ///
    /// - Returns: false where everything was taken back: then each is to be done by itself, so that
    ///   each has the answer that it would have had alone.
    private func isDoneTogether(_ jobs: [Job]) -> Bool {
        do {
            try writer.write { database in
                for job in jobs {
                    do {
                        try database.inSavepoint {
                            try job.work(database)
                            return .commit
                        }
                    } catch {
                        // SQLite answers some failures, such as a full disk, by rolling back all.
                        guard database.isInsideTransaction else { throw error }
                        job.failure = error
                    }
                }
            }
            return true
        } catch {
            return false
        }
    }
}
