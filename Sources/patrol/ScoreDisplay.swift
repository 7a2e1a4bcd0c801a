import Alerts
import Foundation
import Media
import Pipeline
import Scene
import Synchronization

/// Shows on standard error how scoring goes on, and prints events to standard output.
///
/// On a terminal a bar that is drawn anew, otherwise a plain line every few seconds. Safe to use
/// from many threads.
final class ScoreDisplay: Sendable {
    private struct State {
        var seconds: [Double]
        var shares: [Double]
        var finished = 0
        var newEvents = 0
        var knownEvents = 0
        var lastShown = ContinuousClock.now
        var isUnknownTimeTold = false
        var isBarShown = false
    }

    private let names: [String]
    private let weights: [Double]
    private let line: AlertLine
    private let isTerminal = Console.isTerminal
    private let begin = ContinuousClock.now
    private let state: Mutex<State>

    private static let barSpacing = Duration.milliseconds(200)
    private static let lineSpacing = Duration.seconds(5)

    /// A display for recordings of these paths; how much is done is weighed by their sizes.
    init(videos: [String], line: AlertLine) {
        names = videos
        weights = videos.map { path in
            let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            return Double(max(size ?? 0, 1))
        }
        self.line = line
        let none = Array(repeating: 0.0, count: videos.count)
        state = Mutex(State(seconds: none, shares: none))
    }

    /// Takes in one event of the run.
    func show(_ event: ScoreEvent) {
        state.withLock { state in
            switch event {
            case .opened(let index, _, let anchor):
                guard anchor.quality == .unknown, !state.isUnknownTimeTold else { return }
                state.isUnknownTimeTold = true
                say(
                    "warning: \(names[index]): its time of day is not known, so civil times count "
                        + "from 1970 and weekly schedules mean nothing; give --start-time, or "
                        + "startTime in the site file",
                    &state
                )
            case .progress(let index, let progress):
                state.seconds[index] = progress.time.seconds
                state.shares[index] = progress.share
                refresh(&state)
            case .committed(_, let event, let isNew):
                if isNew { state.newEvents += 1 } else { state.knownEvents += 1 }
                guard isNew else { return }
                clear(&state)
                Console.output(line.text(event.common))
            case .finished(let index, let outcome):
                state.finished += 1
                state.shares[index] = 1
                tell(outcome, of: index, &state)
            }
        }
    }

    /// Takes the bar away and prints what the whole run came to.
    func conclude(folder: String) {
        state.withLock { state in
            clear(&state)
            let known =
                state.knownEvents > 0 ? " (and \(state.knownEvents) that were known already)" : ""
            Console.error(
                "\(state.finished) of \(names.count) videos, "
                    + "\(pace(state)); \(state.newEvents) events\(known) "
                    + "in \(folder)/alerts.jsonl, pictures in \(folder)/evidence"
            )
        }
    }

    private func tell(_ outcome: ScoreOutcome, of index: Int, _ state: inout State) {
        switch outcome {
        case .notStarted: break
        case .failed(let message):
            let named = message.contains(names[index]) ? message : "\(names[index]): \(message)"
            say("error: \(named)", &state)
        case .scored(let summary):
            state.seconds[index] = summary.duration.seconds
            if case .cutShort(let reason) = summary.ending { say("error: \(reason)", &state) }
            if summary.damagedFrames > 0 {
                say(
                    "warning: \(names[index]): \(summary.damagedFrames) damaged packets or frames "
                        + "were passed over or mended",
                    &state
                )
            }
        }
    }

    private func say(_ text: String, _ state: inout State) {
        clear(&state)
        Console.error(text)
    }

    private func clear(_ state: inout State) {
        if state.isBarShown { Console.raw("\r\u{1B}[K") }
        state.isBarShown = false
    }

    private func refresh(_ state: inout State) {
        let now = ContinuousClock.now
        let spacing = isTerminal ? Self.barSpacing : Self.lineSpacing
        guard now - state.lastShown >= spacing else { return }
        state.lastShown = now
        let share = zip(weights, state.shares).reduce(0) { $0 + $1.0 * $1.1 }
        let done = share / weights.reduce(0, +)
        let elapsed = (now - begin) / .seconds(1)
        let left = done > 0.001 ? AlertLine.clock(elapsed * (1 - done) / done) : "?"
        let text =
            "\(Int(done * 100)) %  \(state.finished)/\(names.count) videos  "
            + "\(pace(state))  \(left) left"
        guard isTerminal else { return Console.error("progress: \(text)") }
        let room = max(10, min(40, Console.columns - text.count - 4))
        let filled = Int(done * Double(room))
        let bar = String(repeating: "=", count: filled).padding(
            toLength: room,
            withPad: " ",
            startingAt: 0
        )
        Console.raw("\r[\(bar)] \(text)\u{1B}[K")
        state.isBarShown = true
    }

    private func pace(_ state: State) -> String {
        let footage = state.seconds.reduce(0, +)
        let elapsed = max((ContinuousClock.now - begin) / .seconds(1), 0.001)
        let rate = (footage / elapsed * 10).rounded() / 10
        return "\(AlertLine.clock(footage)) of footage at \(rate) x real time"
    }
}
