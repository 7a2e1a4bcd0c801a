import Alerts
import ArgumentParser
import Foundation
import Scene
import Synchronization

/// Puts a steady load with consumers onto the queue, and measures it.
struct BenchQueue: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "Puts alerts into a queue at a steady rate while consumers take them.",
        discussion: """
            Every camera commits on a thread of its own and brings the alert log up to date, as \
            the service does. Every consumer claims and acknowledges in batches through the same \
            store, as the HTTP interface does. Prints how long commits took, how long alerts took \
            from when they were due until they were durable, and what went through.

            Example:
              patrol bench queue --data /tmp/queue --rate 200 --seconds 60 --consumers 4
            """,
        shouldDisplay: false
    )

    @Option(help: ArgumentHelp("Folder for the queue.", valueName: "folder"))
    var data: String

    @Option(help: ArgumentHelp("Alerts a second.", valueName: "number"))
    var rate = 200.0

    @Option(help: ArgumentHelp("How long.", valueName: "seconds"))
    var seconds = 60.0

    @Option(help: ArgumentHelp("How many cameras share the load.", valueName: "number"))
    var cameras = 16

    @Option(help: ArgumentHelp("How many consumers.", valueName: "number"))
    var consumers = 4

    @Option(help: ArgumentHelp("How long a consumer works on a batch.", valueName: "seconds"))
    var work = 0.1

    @Option(help: ArgumentHelp("How long a claim holds.", valueName: "seconds"))
    var lease = 60.0

    @Option(
        help: ArgumentHelp(
            "Note here what was answered: a line for each alert and each acknowledgement.",
            valueName: "file"
        )
    )
    var answers: String?

    func validate() throws {
        guard rate > 0, seconds > 0, (1...256).contains(cameras), (0...64).contains(consumers)
        else {
            throw ValidationError(
                "Give a rate and seconds above 0, 1 to 256 cameras and up to 64 consumers."
            )
        }
    }

    func run() throws {
        let load = try Queue.reading { try QueueLoad(self) }
        let isOver = Atomic(false)
        let group = DispatchGroup()
        for number in 0..<consumers {
            start(in: group, load) { try load.consume("consumer-\(number)", until: isOver) }
        }
        let begin = ContinuousClock.now
        let producers = DispatchGroup()
        for number in 0..<cameras {
            start(in: producers, load) { try load.produce(number, from: begin) }
        }
        producers.wait()
        let span = (ContinuousClock.now - begin) / .seconds(1)
        isOver.store(true, ordering: .releasing)
        group.wait()
        let result = load.result
        if let failure = result.failure {
            Console.error("error: \(failure)")
            throw ExitCode.failure
        }
        Console.output(
            String(
                format: "commits %d a_second %.1f p50_ms %.2f p99_ms %.2f max_ms %.2f due_p99_ms "
                    + "%.2f acknowledged %d",
                result.commits.count,
                Double(result.commits.count) / span,
                Self.quantile(0.5, of: result.commits),
                Self.quantile(0.99, of: result.commits),
                Self.quantile(1, of: result.commits),
                Self.quantile(0.99, of: result.sinceDue),
                result.acknowledged
            )
        )
    }

    private static func quantile(_ share: Double, of values: [Double]) -> Double {
        values.sorted()[max(0, Int((share * Double(values.count)).rounded(.up)) - 1)]
    }

    /// Runs something on a thread of its own.
    private func start(
        in group: DispatchGroup,
        _ load: QueueLoad,
        _ body: @escaping @Sendable () throws -> Void
    ) {
        group.enter()
        Thread {
            defer { group.leave() }
            do {
                try body()
            } catch {
                load.fail(error)
            }
        }
        .start()
    }
}

/// The cameras and consumers of a bench, each called on a thread of its own.
private final class QueueLoad: Sendable {
    struct Result {
        /// How long commits took, in milliseconds.
        var commits: [Double] = []
        /// From when an alert was due until it was durable.
        var sinceDue: [Double] = []
        var acknowledged = 0
        var failure: String?
    }

    private let options: BenchQueue
    private let store: AlertStore
    private let log: AlertLog
    private let answers: FileHandle?
    private let state = Mutex(Result())

    init(_ options: BenchQueue) throws {
        self.options = options
        let folder = URL(fileURLWithPath: options.data, isDirectory: true)
        store = try AlertStore(directory: folder)
        log = try AlertLog(url: folder.appendingPathComponent(AlertLog.fileName))
        try log.catchUp(from: store)
        guard let path = options.answers else {
            answers = nil
            return
        }
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw AlertError(.unavailable, "cannot open \(path)") }
        answers = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    }

    var result: Result { state.withLock { $0 } }

    func fail(_ error: any Error) {
        state.withLock { $0.failure = "\(error)" }
    }

    /// Notes what was answered, so that it outlives this process.
    private func note(_ what: String, _ names: [String]) throws {
        guard let answers, !names.isEmpty else { return }
        try answers.write(contentsOf: Data(names.map { "\(what) \($0)\n" }.joined().utf8))
    }

    /// Commits one camera's share of the load, each alert when it is due.
    func produce(_ camera: Int, from begin: ContinuousClock.Instant) throws {
        let context = AlertContext(
            site: "bench",
            camera: AlertCamera(
                id: CameraID(rawValue: "camera-\(camera)"),
                name: "camera \(camera)"
            ),
            stream: .live(),
            anchor: ClockAnchor(start: Queue.now, quality: .host),
            zoneNames: [:]
        )
        let all = Int(options.rate * options.seconds)
        for number in stride(from: camera, to: all, by: options.cameras) {
            let due = begin + .seconds(Double(number) / options.rate)
            if due > .now { Thread.sleep(forTimeInterval: (due - .now) / .seconds(1)) }
            let event = Self.event(number, after: due - begin, context)
            let start = ContinuousClock.now
            try store.commit(event, recordedAt: Queue.now)
            let end = ContinuousClock.now
            state.withLock { state in
                state.commits.append((end - start) / .milliseconds(1))
                state.sinceDue.append((end - due) / .milliseconds(1))
            }
            try note("kept", [event.data.alertID])
            try log.catchUp(from: store)
        }
    }

    private static func event(
        _ number: Int,
        after span: Duration,
        _ context: AlertContext
    ) -> AlertEvent {
        let time = MediaTime(microseconds: Int64(span / .microseconds(1)))
        let object = Observation(
            id: ObjectID(rawValue: number),
            mobility: .static,
            box: NormalizedBox(x: 0.25, y: 0.25, width: 0.2, height: 0.1),
            since: time,
            presentAtStart: false,
            classification: Classification(.vehicle, confidence: 0.9),
            confidence: 0.9
        )
        let incident = Incident(
            number: number,
            revision: 1,
            phase: .opened,
            zone: ZoneID(rawValue: "lane"),
            kind: .noParking,
            severity: Severity.allCases[number % 3],
            object: object,
            startedAt: time,
            time: time
        )
        return AlertEvent(incident: incident, context: context, evidence: [])
    }

    /// Claims and acknowledges until all is over and nothing waits.
    func consume(_ name: String, until isOver: borrowing Atomic<Bool>) throws {
        while true {
            let isLast = isOver.load(ordering: .acquiring)
            let claims = try store.claim(
                by: name,
                limit: 32,
                lease: .seconds(options.lease),
                waitingUpTo: isLast ? .zero : .milliseconds(200)
            ) { Queue.now }
            if claims.isEmpty, isLast { return }
            guard !claims.isEmpty else { continue }
            try note("claimed", claims.map(\.claimID))
            try store.acknowledge(claims: claims.map(\.claimID), by: name, now: Queue.now)
            try note("acknowledged", claims.map(\.claimID))
            state.withLock { $0.acknowledged += claims.count }
            Thread.sleep(forTimeInterval: options.work)
        }
    }
}
