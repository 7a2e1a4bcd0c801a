import Foundation
import Kernels
import Testing

@testable import Inference

/// One small model with inputs and what ONNX Runtime made of them; Golden/make_golden.py wrote it.
struct GoldenCase: Decodable, Sendable, CustomTestStringConvertible {
    struct Port: Decodable, Sendable {
        let name: String
        let shape: [Int]

        var count: Int { shape.reduce(1, *) }
    }

    /// The path of its files in the folder of golden models, without extension.
    let name: String
    let inputs: [Port]
    let outputs: [Port]
    /// The file of the model, where it is not the name with `.onnx`.
    let file: String?
    /// How far outputs may be off, where that is not 1e-4.
    let tolerance: Float?

    var testDescription: String { name }

    private static let folder = Bundle.module.bundleURL.appending(path: "Golden").path

    /// A file of the folder, or one with an absolute path.
    static func file(_ name: String) throws -> [UInt8] {
        let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
        return [UInt8](try Data(contentsOf: URL(filePath: path)))
    }

    /// All cases, or none where their list cannot be read, which a test looks at.
    static let all = list("cases.json")

    /// Cases of models that are not in the project; `scripts/check-models` writes them.
    static let supplied: [Self] = {
        ProcessInfo.processInfo.environment["SMARTPATROL_MODEL_CASES"].map(list) ?? []
    }()

    private static func list(_ file: String) -> [Self] {
        guard let list = try? Self.file(file) else { return [] }
        return (try? JSONDecoder().decode([Self].self, from: Data(list))) ?? []
    }

    static func named(_ name: String) throws -> Self {
        try #require(all.first { $0.name == name })
    }

    func model() throws -> Model {
        try Model(bytes: Self.file(file ?? "\(name).onnx"), name: name)
    }

    /// Elements of inputs, then of outputs.
    func values() throws -> [[Float]] {
        let bytes = try Self.file("\(name).bin")
        var rest = bytes.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }[...]
        let values = (inputs + outputs).map { port in
            defer { rest = rest.dropFirst(port.count) }
            return Array(rest.prefix(port.count))
        }
        #expect(rest.isEmpty, "the file has what the list says")
        return values
    }

    func session(_ set: InstructionSet = .best) throws -> Session {
        let shapes = Dictionary(uniqueKeysWithValues: inputs.map { ($0.name, $0.shape) })
        return try Session(model(), inputShapes: shapes, instructionSet: set)
    }

    /// Fills all inputs of a session.
    func fill(_ session: Session) throws {
        for (port, elements) in zip(inputs, try values()) {
            session.withInput(port.name) { memory in
                _ = memory.update(fromContentsOf: elements)
            }
        }
    }

    /// The largest difference between a session's outputs and what they should be.
    func error(of session: Session) throws -> Float {
        var largest: Float = 0
        for (port, expected) in zip(outputs, try values().dropFirst(inputs.count)) {
            session.withOutput(port.name) { elements, shape in
                #expect(shape == port.shape)
                #expect(elements.count == expected.count)
                for (element, wanted) in zip(elements, expected) {
                    let difference = abs(element - wanted)
                    largest = difference.isNaN ? .infinity : max(largest, difference)
                }
            }
        }
        return largest
    }
}
