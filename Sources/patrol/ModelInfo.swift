import ArgumentParser
import Detection
import Inference
import Kernels

/// Tells what a network is made of and needs.
struct ModelInfo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Tells what a network is made of, what it needs, and which instructions it uses.",
        discussion: """
            The instruction set is the best that processor and operating system offer; the \
            environment variable SMARTPATROL_ISA (sse2, avx2, avx512) lowers it.

            Example:
              patrol model info own
            """
    )

    @Flag(help: "Print a line for every step of a run.")
    var nodes = false

    @Argument(help: ArgumentHelp("own, or the path of an ONNX file.", valueName: "model"))
    var model = "own"

    func run() throws {
        let learned = try ModelCommand.load(model)
        do {
            let summary = try learned.session().summary
            let available = InstructionSet.available.map(\.rawValue).joined(separator: ", ")
            Console.output("model         \(learned.identity)")
            Console.output("opset         \(learned.model.opset)")
            for input in learned.model.inputs {
                Console.output("input         \(Self.text(input))")
            }
            for output in learned.model.outputs {
                Console.output("output        \(Self.text(output))")
            }
            Console.output("parameters    \(learned.model.parameterCount)")
            Console.output("steps         \(summary.nodes.count)")
            let millions = Double(summary.multiplyAdds) / 1e6
            Console.output("multiply-adds \((millions * 10).rounded() / 10) million")
            Console.output("memory        \(Self.size(summary.arenaBytes)) for each camera")
            Console.output("weights       \(Self.size(summary.weightBytes)) for each camera")
            Console.output("instructions  \(summary.instructionSet.rawValue) of \(available)")
            guard nodes else { return }
            for node in summary.nodes {
                let shapes = node.outputShapes.map(Self.shape).joined(separator: " ")
                let name = node.operators.joined(separator: "+")
                Console.output("  \(name) \(shapes) \(node.multiplyAdds) \(node.name)")
            }
        } catch {
            Console.error("error: \(error)")
            throw ExitCode.failure
        }
    }

    private static func text(_ tensor: TensorInfo) -> String {
        let shape = tensor.shape.map { $0.map(String.init) ?? "?" }.joined(separator: "x")
        return "\(tensor.name) \(shape)"
    }

    private static func shape(_ shape: [Int]) -> String {
        shape.map(String.init).joined(separator: "x")
    }

    private static func size(_ bytes: Int) -> String {
        bytes >= 1 << 20
            ? "\((Double(bytes) / 1_048_576 * 10).rounded() / 10) MiB" : "\(bytes / 1024) KiB"
    }
}
