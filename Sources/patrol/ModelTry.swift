import ArgumentParser
import Detection
import Foundation
import Pipeline
import Scene

/// Tries a network on a picture.
struct ModelTry: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Tries a network on a picture and draws what it sees.",
        discussion: """
            Prints a line for each thing that a detector finds, or for each class of a classifier \
            that looks at the whole picture, the surest first.

            Example:
              patrol model check yolox_nano.onnx street.jpg --output seen.jpg
            """
    )

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("Write the picture with what was seen in it.", valueName: "file")
    )
    var output: String?

    @Argument(help: ArgumentHelp("own, or the path of an ONNX file.", valueName: "model"))
    var model: String

    @Argument(help: ArgumentHelp("A JPEG or PNG file, or a video.", valueName: "picture"))
    var picture: String

    func run() throws {
        let model = try ModelCommand.load(model)
        do {
            let check = try ModelCheck(of: model, on: picture)
            if check.sights.isEmpty { Console.output("nothing is seen") }
            for sight in check.sights {
                let (box, score) = (sight.box, String(format: "%.2f", sight.score))
                let place = [box.x, box.y, box.width, box.height]
                    .map { String(format: "%.3f", $0) }.joined(separator: " ")
                Console.output("\(score) \(sight.kind.rawValue) at \(place)")
            }
            guard let output else { return }
            try Data(check.jpeg).write(to: URL(fileURLWithPath: output), options: .atomic)
        } catch {
            Console.error("error: \(error)")
            throw ExitCode.failure
        }
    }
}
