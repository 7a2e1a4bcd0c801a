import Foundation
import Kernels
import SwiftProtobuf
import Testing

@testable import Inference

/// Files made to hurt: every one ends in an error or in a model that runs within its limits.
@Suite struct HostileFileTests {
    static let victims = [
        "net-detector-small", "net-classifier-hardswish", "net-distribution",
        "net-shuffle-larger", "conv-3x3", "slice-step", "split-input", "pad-value",
        "resize-linear-halfpixel", "shape-arithmetic", "shape-division", "gather-matrix",
        "constant-kinds", "averagepool-ceil", "matmul-stacks", "fused-hardswish-last",
    ]

    /// Small enough that what a mutation asks for is refused or soon done.
    static var limits: Limits {
        var limits = Limits()
        limits.arenaBytes = 8 << 20
        limits.constantBytes = 8 << 20
        limits.multiplyAdds = 2 << 20
        return limits
    }

    /// Whether the file runs; anything but success or `InferenceError` fails the test.
    static func survives(_ bytes: [UInt8], _ shapes: [String: [Int]]) -> Bool {
        do throws(InferenceError) {
            let model = try Model(bytes: bytes, name: "hostile", limits: limits)
            let given = shapes.filter { name, _ in model.inputs.contains { $0.name == name } }
            let session = try Session(
                model,
                inputShapes: given,
                instructionSet: .best,
                limits: limits
            )
            session.run()
            return true
        } catch {
            #expect(!error.message.isEmpty)
            return false
        }
    }

    private static func shapes(_ golden: GoldenCase) -> [String: [Int]] {
        Dictionary(uniqueKeysWithValues: golden.inputs.map { ($0.name, $0.shape) })
    }

    @Test("A file cut off anywhere is an error or a whole model", arguments: victims)
    func truncation(name: String) throws {
        let golden = try GoldenCase.named(name)
        let bytes = try GoldenCase.file("\(name).onnx")
        var survivors = 0
        for length in 0..<bytes.count {
            survivors += Self.survives(Array(bytes[..<length]), Self.shapes(golden)) ? 1 : 0
        }
        // Only cuts between fields at the end of the file can leave a model.
        #expect(survivors < 5)
        #expect(Self.survives(bytes, Self.shapes(golden)))
    }

    @Test("Ten thousand mutated copies never crash", arguments: victims)
    func mutations(name: String) throws {
        let golden = try GoldenCase.named(name)
        let bytes = try GoldenCase.file("\(name).onnx")
        var random = SeededRandom(UInt64(name.utf8.reduce(0) { ($0 * 31 + Int($1)) & 0xFFFF }))
        var survivors = 0
        for _ in 0..<10_000 / Self.victims.count {
            let mutated = Self.mutated(bytes, &random)
            survivors += Self.survives(mutated, Self.shapes(golden)) ? 1 : 0
        }
        #expect(survivors > 0, "some mutations only change weights")
    }

    /// A copy with one to four places changed.
    private static func mutated(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<random.size(1...4) {
            let place = random.size(0...bytes.count - 1)
            switch random.size(0...6) {
            case 0: bytes[place] ^= 1 << UInt8(random.size(0...7))
            case 1: bytes[place] = UInt8(random.size(0...255))
            case 2: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF][random.size(0...4)]
            case 3: bytes.remove(at: place)
            case 4: bytes.insert(UInt8(random.size(0...255)), at: place)
            case 5:
                let end = min(place + random.size(1...40), bytes.count)
                bytes.insert(contentsOf: bytes[place..<end], at: random.size(0...bytes.count))
            default:
                // The largest number that fits, where a number may be.
                let end = min(place + 10, bytes.count)
                let number: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
                bytes.replaceSubrange(place..<end, with: number.suffix(random.size(1...9)))
            }
            if bytes.isEmpty { bytes = [0] }
        }
        return bytes
    }

    @Test("Mutated numbers of a decoded model never crash", arguments: victims)
    func mutatedNumbers(name: String) throws {
        let golden = try GoldenCase.named(name)
        let bytes = try GoldenCase.file("\(name).onnx")
        let file = try Onnx_ModelProto(serializedBytes: bytes)
        let odd: [Int64] = [
            0, 1, -1, 2, 3, 7, 255, 1 << 20, 1 << 31, 1 << 40, .max, .min, .max - 1, -2,
        ]
        var random = SeededRandom(UInt64(bytes.count))
        for _ in 0..<250 {
            var copy = file
            for _ in 0..<random.size(1...2) {
                Self.mutate(&copy.graph, odd[random.size(0...odd.count - 1)], &random)
            }
            _ = Self.survives(try copy.serializedBytes(), Self.shapes(golden))
        }
    }

    /// Changes an attribute, a constant, a shape or a name.
    private static func mutate(
        _ graph: inout Onnx_GraphProto,
        _ value: Int64,
        _ random: inout SeededRandom
    ) {
        let node = random.size(0...graph.node.count - 1)
        switch random.size(0...4) {
        case 0 where !graph.node[node].attribute.isEmpty:
            let index = random.size(0...graph.node[node].attribute.count - 1)
            graph.node[node].attribute[index].i = value
            let count = graph.node[node].attribute[index].ints.count
            if count > 0 {
                graph.node[node].attribute[index].ints[random.size(0...count - 1)] = value
            }
        case 1 where !graph.initializer.isEmpty:
            let index = random.size(0...graph.initializer.count - 1)
            if graph.initializer[index].dataType == 7 {
                let count = graph.initializer[index].dims.reduce(1, *)
                graph.initializer[index].rawData.removeAll()
                graph.initializer[index].int64Data = (0..<count).map { _ in value }
            } else if !graph.initializer[index].dims.isEmpty {
                graph.initializer[index].dims[0] = value
            }
        case 2:
            let names = graph.node.flatMap { $0.input + $0.output } + graph.input.map(\.name)
            let count = graph.node[node].input.count
            if count > 0 {
                let name = names[random.size(0...names.count - 1)]
                graph.node[node].input[random.size(0...count - 1)] = name
            }
        case 3:
            let other = random.size(0...graph.node.count - 1)
            graph.node[node].opType = graph.node[other].opType
        default:
            let dimensions = graph.input[0].type.tensorType.shape.dim.count
            graph.input[0].type.tensorType.shape.dim[random.size(0...dimensions - 1)].dimValue =
                value
        }
    }
}
