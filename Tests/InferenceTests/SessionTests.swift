import Foundation
import Kernels
import Testing

@testable import Inference

@Suite struct SessionTests {
    @Test("Shapes that do not fit the inputs are the caller's errors, named")
    func shapes() throws {
        var builder = ModelBuilder(shape: [1, 0, 2])
        builder.add("Relu", ["x"], ["y"])
        let model = try builder.model()
        for (shapes, word) in [
            ([:], "'x'"), (["z": [1]], "'z'"), (["x": [1, 2]], "dimensions"),
            (["x": [1, 0, 2]], "shape"), (["x": [1, -1, 2]], "shape"),
        ] {
            do throws(InferenceError) {
                _ = try Session(model, inputShapes: shapes)
                Issue.record("\(shapes) is accepted")
            } catch {
                #expect(error.code == .invalidInput)
                #expect(error.message.contains(word))
            }
        }
        #expect(throws: InferenceError.self) {
            try Session(model, inputShapes: ["x": [1, .max, .max]])
        }
        #expect(try Session(model, inputShapes: ["x": [1, 5, 2]]).multiplyAdds == 0)
    }

    @Test("A network with another size inside says so and names the node")
    func fixedSize() throws {
        var builder = ModelBuilder(shape: [1, 2, 4, 4])
        builder.constant("grid", [1, 1, 4, 4], [Float](repeating: 1, count: 16))
        builder.add("Add", ["x", "grid"], ["y"])
        let model = try builder.model()
        do throws(InferenceError) {
            _ = try Session(model, inputShapes: ["x": [1, 2, 8, 8]])
            Issue.record("a grid of 4 x 4 meets 8 x 8")
        } catch {
            #expect(error.message.contains("Add_0"))
        }
    }

    @Test("Normalisation and activation become part of the convolution")
    func fusion() throws {
        let operators = try GoldenCase.named("net-classifier-relu").session().summary.nodes
            .map(\.operators)
        #expect(operators.first == ["Conv", "BatchNormalization", "Relu"])
        #expect(!operators.contains(["BatchNormalization"]))
        // The one behind the matrix product.
        #expect(operators.filter { $0 == ["Relu"] }.count == 1)
        for name in ["silu", "hardswish", "hardswish-gate", "hardswish-first", "hardswish-last"] {
            let nodes = try GoldenCase.named("fused-" + name).session().summary.nodes
            #expect(nodes.allSatisfy { $0.operators.first == "Conv" }, "\(name)")
        }
    }

    @Test("Memory is shared by values that are not alive together")
    func sharing() throws {
        var builder = ModelBuilder(shape: [1, 1, 64, 64])
        builder.add("Transpose", ["x"], ["a0"], [ModelBuilder.integers("perm", [0, 1, 3, 2])])
        for step in 0..<20 {
            builder.add(
                "Transpose",
                ["a\(step)"],
                [step == 19 ? "y" : "a\(step + 1)"],
                [ModelBuilder.integers("perm", [0, 1, 3, 2])]
            )
        }
        let session = try Session(builder.model(), inputShapes: [:])
        let plane = 64 * 64 * 4
        #expect(session.arenaBytes <= 4 * plane)
        #expect(session.summary.nodes.count == 21)
    }

    @Test("Values alive at the same time never overlap", arguments: GoldenCase.all)
    func layout(golden: GoldenCase) throws {
        let plan = try Plan(
            golden.model(),
            inputShapes: Dictionary(
                uniqueKeysWithValues: golden.inputs.map { ($0.name, $0.shape) }
            ),
            kernels: KernelChoice(.best),
            limits: Limits()
        )
        var alive = plan.model.graph.inputs.map(\.value)
        let outputs = Set(plan.model.graph.outputs.map { plan.graph.root($0.value) })
        for (step, node) in plan.graph.nodes.enumerated() {
            let later = Set(plan.graph.nodes[(step + 1)...].flatMap(\.inputs)).union(outputs)
            alive = alive.filter {
                later.contains($0) || plan.model.graph.inputs.map(\.value).contains($0)
            }
            let after = Set(alive).union(node.outputs.filter(later.contains))
            let places = after.compactMap { value -> Range<Int>? in
                guard let start = plan.layout.offsets[value] else { return nil }
                let count = plan.graph.shape(value)?.count ?? 0
                return start..<start + count * 4
            }
            for (index, place) in places.enumerated() {
                #expect(place.upperBound <= plan.layout.bytes)
                #expect(!places[(index + 1)...].contains { $0.overlaps(place) })
            }
            alive = Array(after)
        }
    }

    @Test("Inputs and outputs stay where they are, and inputs keep what was filled in")
    func stableMemory() throws {
        let golden = try GoldenCase.named("net-detector-wide")
        let session = try golden.session()
        try golden.fill(session)
        var places: Set<[UnsafeRawPointer?]> = []
        for _ in 0..<3 {
            session.run()
            session.withInput("input0") { input in
                session.withOutput(golden.outputs[0].name) { output, _ in
                    _ = places.insert([
                        UnsafeRawPointer(input.baseAddress), UnsafeRawPointer(output.baseAddress),
                    ])
                }
            }
        }
        #expect(places.count == 1)
        #expect(try golden.error(of: session) <= 1e-4)
    }

    @Test("A run allocates nothing")
    func allocations() async {
        // In a process of its own: other tests allocate at the same time.
        await #expect(processExitsWith: .success) {
            for name in ["net-detector-wide", "net-classifier-hardswish", "net-distribution"] {
                let golden = try GoldenCase.named(name)
                let session = try golden.session()
                try golden.fill(session)
                session.run()
                let (before, after) = (HeapReport(), HeapReport())
                before.write()
                for _ in 0..<50 { session.run() }
                after.write()
                precondition(before.text == after.text, before.text + after.text)
            }
        }
    }

    @Test("The summary adds up")
    func summary() throws {
        let session = try GoldenCase.named("conv-3x3-strided").session()
        let node = try #require(session.summary.nodes.first)
        #expect(node.outputShapes == [[1, 8, 5, 6]])
        #expect(node.inputShapes == [[1, 3, 10, 11]])
        #expect(session.multiplyAdds == 8 * 5 * 6 * 3 * 9)
        #expect(session.summary.multiplyAdds == session.multiplyAdds)
        #expect(node.weightBytes == (8 * 3 * 9 + 8) * 4)
    }
}
