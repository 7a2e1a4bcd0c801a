import Alerts
import ArgumentParser
import Foundation
import Scene
import Synchronization

/// Measures the queue under a steady load with consumers.
struct BenchQueue: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "Puts alerts into a queue at a steady rate while consumers take them.",
        discussion: """
            Every consumer claims and acknowledges in batches through the same store, as the \
            HTTP interface does. Prints the commits' latency and what went through.

            Example:
              patrol bench queue --data /tmp/queue --rate 200 --seconds 60 --consumers 4
            """,
        shouldDisplay: false
    )

    @Option(help: ArgumentHelp("Folder for the queue, which must be new.", valueName: "folder"))
    var data: String

    @Option(help: ArgumentHelp("Alerts a second.", valueName: "number"))
    var rate = 200.0

    @Option(help: ArgumentHelp("How long.", valueName: "seconds"))
    var seconds = 60.0

    @Option(help: ArgumentHelp("How many consumers.", valueName: "number"))
    var consumers = 4

    @Option(help: ArgumentHelp("How long a consumer works on a batch.", valueName: "seconds"))
    var work = 0.1

    func validate() throws {
        guard rate > 0, seconds > 0, (0...64).contains(consumers) else {
            throw ValidationError("Give a rate and seconds above 0, and up to 64 consumers.")
        }
    }

    func run() throws {
        let store = try Queue.reading {
            try AlertStore(directory: URL(fileURLWithPath: data, isDirectory: true))
        }
        let isOver = Atomic(false)
        let taken = Mutex<(count: Int, failure: String?)>((0, nil))
        let group = DispatchGroup()
        for number in 0..<consumers {
            group.enter()
            Thread {
                defer { group.leave() }
                do {
                    try consume(store, "consumer-\(number)", until: isOver) { more in
                        taken.withLock { $0.count += more }
                    }
                } catch {
                    taken.withLock { $0.failure = "\(error)" }
                }
            }
            .start()
        }
        let begin = ContinuousClock.now
        let commits = try Queue.reading { try produce(into: store) }
        let span = (ContinuousClock.now - begin) / .seconds(1)
        isOver.store(true, ordering: .releasing)
        group.wait()
        let (count, failure) = taken.withLock { $0 }
        if let failure {
            Console.error("error: \(failure)")
            throw ExitCode.failure
        }
        let sorted = commits.sorted()
        func at(_ share: Double) -> Double {
            sorted[max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1)]
        }
        Console.output(
            String(
                format: "commits %d a_second %.1f p50_ms %.2f p99_ms %.2f max_ms %.2f acknowledged "
                    + "%d",
                commits.count,
                Double(commits.count) / span,
                at(0.5),
                at(0.99),
                at(1),
                count
            )
        )
    }

    /// Commits at the rate, and returns how long each took in milliseconds.
    private func produce(into store: AlertStore) throws -> [Double] {
        let context = AlertContext(
            site: "bench",
            camera: AlertCamera(id: CameraID(rawValue: "camera-1"), name: "camera 1"),
            stream: .live(),
            anchor: ClockAnchor(start: Queue.now, quality: .host),
            zoneNames: [:]
        )
        let begin = ContinuousClock.now
        return try (0..<Int(rate * seconds)).map { number in
            let due = begin + .seconds(Double(number) / rate)
            if due > .now { Thread.sleep(forTimeInterval: (due - .now) / .seconds(1)) }
            let event = Self.event(number, after: ContinuousClock.now - begin, context)
            let start = ContinuousClock.now
            try store.commit(event, recordedAt: Queue.now)
            return (ContinuousClock.now - start) / .milliseconds(1)
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
    private func consume(
        _ store: AlertStore,
        _ name: String,
        until isOver: borrowing Atomic<Bool>,
        took: (Int) -> Void
    ) throws {
        while true {
            let isLast = isOver.load(ordering: .acquiring)
            let claims = try store.claim(
                by: name,
                limit: 32,
                waitingUpTo: isLast ? .zero : .milliseconds(200)
            ) { Queue.now }
            if claims.isEmpty, isLast { return }
            guard !claims.isEmpty else { continue }
            try store.acknowledge(claims: claims.map(\.claimID), by: name, now: Queue.now)
            took(claims.count)
            Thread.sleep(forTimeInterval: work)
        }
    }
}
