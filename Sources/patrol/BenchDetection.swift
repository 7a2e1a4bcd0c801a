import ArgumentParser
import Evaluation
import Foundation

/// Measures the detector alone.
struct BenchDetection: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detection",
        abstract: "Tells what detection costs for each analysis picture of a clip.",
        discussion: """
            Reads the clip's analysis pictures into memory, lets a fresh detector go through them \
            as often as asked, and prints a line for each time: milliseconds of processor time for \
            a picture, mean, median and least, and the number, width and height of the pictures.

            Example:
              patrol bench detection SampleStreams/parked_car.mp4 --frames pictures.i420
            """
    )

    @Option(help: ArgumentHelp("How often to go through the pictures.", valueName: "number"))
    var runs = 1

    @Option(help: ArgumentHelp("Analysis pictures a second of the clip.", valueName: "number"))
    var rate = 5.0

    @Option(
        help: ArgumentHelp("Write the pictures into this file, raw, in I420.", valueName: "file")
    )
    var frames: String?

    @Argument(help: ArgumentHelp("The clip.", valueName: "video"))
    var video: String

    func validate() throws {
        guard (1...1000).contains(runs) else {
            throw ValidationError("--runs \(runs): give a number from 1 to 1000.")
        }
        guard (0.1...240).contains(rate) else {
            throw ValidationError("--rate \(rate): give a number from 0.1 to 240.")
        }
    }

    func run() throws {
        do {
            let cost = try DetectionCost(video: video, rate: rate)
            if let frames { try cost.write(to: URL(fileURLWithPath: frames)) }
            for _ in 0..<runs {
                let times = cost.measure().sorted()
                let mean = times.reduce(0, +) / Double(max(1, times.count))
                let middle = times.isEmpty ? 0 : times[times.count / 2]
                Console.output(
                    String(
                        format: "mean %.4f median %.4f least %.4f pictures %d width %d height %d",
                        mean,
                        middle,
                        times.first ?? 0,
                        cost.pictures,
                        cost.width,
                        cost.height
                    )
                )
            }
        } catch {
            Console.error("error: \(error)")
            throw ExitCode.failure
        }
    }
}
