import ArgumentParser
import Detection
import Foundation
import Inference
import Kernels

/// Measures a network alone.
struct ModelBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures how long a network takes for one look, on one thread.",
        discussion: """
            Prints for each instruction set milliseconds of processor time for a run, median and \
            least, and billions of multiplications and additions a second by the median.

            Example:
              patrol model bench yolox_nano.onnx --size 160x160
            """
    )

    @Option(help: ArgumentHelp("How often to run it.", valueName: "number"))
    var runs = 50

    @Option(help: ArgumentHelp("Columns and rows of the input.", valueName: "WxH"))
    var size: String?

    @Option(
        name: .customLong("instructions"),
        help: ArgumentHelp("Only this set: sse2, avx2 or avx512.", valueName: "set")
    )
    var instructions: String?

    @Argument(help: ArgumentHelp("own, or the path of an ONNX file.", valueName: "model"))
    var model = "own"

    func validate() throws {
        guard (1...100_000).contains(runs) else {
            throw ValidationError("--runs \(runs): give a number from 1 to 100000.")
        }
        if let size, Self.numbers(size) == nil {
            throw ValidationError("--size \(size): give it as 160x160.")
        }
        if let instructions, InstructionSet(rawValue: instructions) == nil {
            let known = InstructionSet.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--instructions \(instructions): give one of \(known).")
        }
    }

    func run() throws {
        let learned = try ModelCommand.load(model)
        let chosen = instructions.flatMap { InstructionSet(rawValue: $0) }
        if let chosen, !InstructionSet.available.contains(chosen) {
            Console.error("error: this machine has no \(chosen.rawValue)")
            throw ExitCode.failure
        }
        do {
            for set in InstructionSet.available where chosen == nil || set == chosen {
                try measure(learned, set)
            }
        } catch {
            Console.error("error: \(error)")
            throw ExitCode.failure
        }
    }

    private func measure(_ learned: LearnedModel, _ set: InstructionSet) throws {
        let session = try learned.session(
            instructionSet: set,
            size: size.flatMap(Self.numbers)
        )
        // The first run touches memory for the first time.
        session.run()
        let times = (0..<runs).map { _ in
            let begin = Self.processorSeconds
            session.run()
            return (Self.processorSeconds - begin) * 1000
        }
        .sorted()
        let median = times[times.count / 2]
        let speed = Double(session.multiplyAdds) * 2 / max(median, 1e-6) / 1e6
        Console.output(
            String(
                format: "%@ median %.3f least %.3f ms, %.1f GFLOP/s, %d KiB",
                set.rawValue,
                median,
                times[0],
                speed,
                (session.summary.arenaBytes + session.summary.weightBytes) / 1024
            )
        )
    }

    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func numbers(_ text: String) -> (width: Int, height: Int)? {
        let parts = text.split(separator: "x").compactMap { Int($0) }
        guard parts.count == 2, parts.allSatisfy({ (16...4096).contains($0) }) else { return nil }
        return (parts[0], parts[1])
    }
}
