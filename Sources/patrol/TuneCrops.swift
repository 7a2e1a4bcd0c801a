import ArgumentParser
import Evaluation
import Foundation

/// Writes what the detector sees, to learn from.
struct TuneCrops: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crops",
        abstract: "Writes small pictures of everything that is seen in a recording.",
        discussion: """
            Analyses the recording without any zone and keeps a few looks at each object, spread \
            over the time that it is seen. The folder then holds crops.u8, with 6 x 48 x 48 bytes \
            for each look (Y, U and V of the picture, then of the learned background), and \
            crops.jsonl, with a line for each: time, object, box, class by shape, speed. They are \
            what the network of Models/ is trained and measured on.

            Example:
              patrol tune crops day.mp4 --out crops/day
            """
    )

    @Option(help: ArgumentHelp("The folder to write into.", valueName: "folder"))
    var out: String

    @Option(help: ArgumentHelp("Looks at an object at most.", valueName: "number"))
    var looks = 8

    @Option(
        help: ArgumentHelp("Seconds between two looks at an object at least.", valueName: "seconds")
    )
    var spacing = 0.4

    @Option(help: ArgumentHelp("Analysis pictures a second of the video.", valueName: "number"))
    var rate = 5.0

    @Argument(help: ArgumentHelp("The recording.", valueName: "video"))
    var video: String

    func validate() throws {
        guard (2...1000).contains(looks) else {
            throw ValidationError("--looks \(looks): give a number from 2 to 1000.")
        }
        guard (0.01...3600).contains(spacing) else {
            throw ValidationError("--spacing \(spacing): give a number from 0.01 to 3600.")
        }
        guard (0.1...240).contains(rate) else {
            throw ValidationError("--rate \(rate): give a number from 0.1 to 240.")
        }
    }

    func run() throws {
        var dump = CropDump()
        dump.most = looks
        dump.spacing = spacing
        dump.rate = rate
        do {
            let folder = URL(fileURLWithPath: out, isDirectory: true)
            let summary = try dump.write(video, into: folder)
            if let warning = summary.warning { Console.error("warning: \(warning)") }
            Console.output("\(summary.looks) looks from \(summary.pictures) pictures in \(out)")
        } catch {
            Console.error("error: \(error)")
            throw ExitCode.failure
        }
    }
}
