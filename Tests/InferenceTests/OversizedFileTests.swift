import Foundation
import Kernels
import SwiftProtobuf
import Testing

@testable import Inference

/// Files that claim much, and files that become much.
@Suite struct OversizedFileTests {
    @Test("A tensor that claims more than is there is refused before anything is allocated")
    func claims() throws {
        for dimensions: [Int64] in [
            [1 << 30], [1 << 20, 1 << 20], [.max], [.max, .max], [1 << 32], [3], [0, .max, .max],
            [1 << 31, 0],
        ] {
            var builder = ModelBuilder()
            builder.constant("c", dimensions, [1])
            builder.add("Add", ["x", "c"], ["y"])
            let error = try #require(try builder.failure())
            #expect([.invalidData, .exhausted].contains(error.code))
            #expect(error.message.contains("'c'"))
        }
    }

    @Test("Negative dimensions are invalid, in constants and in inputs")
    func negative() throws {
        var builder = ModelBuilder()
        builder.constant("c", [-1, -1], [1])
        builder.add("Add", ["x", "c"], ["y"])
        #expect(try builder.failure()?.code == .invalidData)
        builder = ModelBuilder(shape: [1, -3])
        builder.add("Relu", ["x"], ["y"])
        #expect(try builder.failure()?.code == .invalidData)
    }

    @Test("A run that would need too much memory is refused")
    func memory() throws {
        var builder = ModelBuilder(shape: [1, 1, 30000, 30000])
        builder.add("Relu", ["x"], ["y"])
        #expect(try builder.failure()?.code == .exhausted)
        builder = ModelBuilder()
        builder.constant("size", [1 << 14, 1 << 14])
        builder.add("ConstantOfShape", ["size"], ["y"])
        #expect(try builder.failure()?.code == .exhausted)
    }

    @Test("Constants that double with every node end at the limit")
    func doubling() throws {
        var builder = ModelBuilder()
        builder.constant("c0", [1, 1024], [Float](repeating: 1, count: 1024))
        for step in 0..<40 {
            builder.add(
                "Concat",
                ["c\(step)", "c\(step)"],
                ["c\(step + 1)"],
                [ModelBuilder.integer("axis", 0)]
            )
        }
        builder.add("Add", ["x", "c40"], ["y"])
        var limits = Limits()
        limits.constantBytes = 1 << 24
        let model = try builder.model(limits)
        #expect(throws: InferenceError.self) {
            try Session(model, inputShapes: [:], instructionSet: .best, limits: limits)
        }
    }

    @Test("Millions of empty parts are refused before they become objects")
    func emptyParts() async {
        // In a process of its own: others use memory at the same time.
        await #expect(processExitsWith: .success) {
            for field: UInt8 in [1, 5, 11, 12, 15] {
                let parts = [UInt8](repeating: field << 3 | 2, count: 8 << 20).enumerated()
                    .map { $0.offset % 2 == 0 ? $0.element : 0 }
                let length = parts.count
                let prefix: [UInt8] = [
                    7 << 3 | 2, UInt8(length & 0x7F) | 0x80, UInt8(length >> 7 & 0x7F) | 0x80,
                    UInt8(length >> 14 & 0x7F) | 0x80, UInt8(length >> 21 & 0x7F),
                ]
                let before = Self.residentKilobytes()
                do throws(InferenceError) {
                    _ = try Model(bytes: prefix + parts, name: "empty")
                    preconditionFailure("millions of parts are accepted")
                } catch {
                    precondition(error.code == .exhausted, error.message)
                }
                precondition(Self.residentKilobytes() - before < 64 << 10)
            }
        }
    }

    /// The most memory that this process ever had.
    private static func residentKilobytes() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss
    }

    @Test("Long lists of small numbers are refused before they grow")
    func packedLists() throws {
        var builder = ModelBuilder()
        builder.add(
            "Relu",
            ["x"],
            ["y"],
            [ModelBuilder.integers("axes", .init(repeating: 1, count: 5 << 20))]
        )
        #expect(try builder.failure()?.code == .exhausted)
    }

    @Test("A file with too many nodes is refused")
    func nodes() throws {
        var builder = ModelBuilder()
        var limits = Limits()
        limits.nodes = 3
        for step in 0..<4 {
            builder.add("Relu", [step == 0 ? "x" : "v\(step)"], [step == 3 ? "y" : "v\(step + 1)"])
        }
        #expect(throws: InferenceError.self) { try builder.model(limits) }
        limits.nodes = 4
        #expect(try builder.model(limits).graph.nodes.count == 4)
    }
}
