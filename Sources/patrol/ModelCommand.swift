import ArgumentParser
import Detection
import Pipeline
import Site

/// Everything about the network that looks at what the detector finds.
struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Tells of the network that looks at what is found, and tries it.",
        discussion: """
            A model is none, own (the one that comes with the program), or the path of an ONNX \
            file with its settings in a YAML file of the same name beside it (docs/models.md).
            """,
        subcommands: [
            ModelInfo.self, ModelBench.self, ModelTry.self, ModelAdapt.self,
        ]
    )

    /// The network by its name on the command line, nil for none.
    ///
    /// - Throws: `ExitCode.failure` where it cannot be loaded, which is printed.
    static func choose(_ name: String) throws -> LearnedModel? {
        do throws(PipelineError) {
            return try LearnedModel.load(ModelChoice(name))
        } catch {
            Console.error("error: \(error)")
            throw ExitCode.failure
        }
    }

    /// The network by its name on the command line.
    ///
    /// - Throws: `ExitCode.failure` where there is none or it cannot be loaded, which is printed.
    static func load(_ name: String) throws -> LearnedModel {
        if let model = try choose(name) { return model }
        Console.error("error: none is no model; give own or the path of an ONNX file")
        throw ExitCode.failure
    }
}
