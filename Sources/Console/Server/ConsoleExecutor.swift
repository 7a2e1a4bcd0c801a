internal import Dispatch

/// A thread for the requests: what the rest of the program does with Swift's cooperative threads
/// does not hold them up, nor the other way round.
final class ConsoleExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "console")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}
