import Kernels
import Testing

@testable import Inference

@Suite struct GoldenTests {
    @Test("The list of golden models is there and covers every operator")
    func coverage() throws {
        #expect(GoldenCase.all.count > 150)
        var used: Set<String> = []
        for golden in GoldenCase.all {
            used.formUnion(try golden.model().graph.nodes.map(\.operatorName))
        }
        #expect(Set(OperatorTable.types.keys).subtracting(used) == [])
    }

    @Test(
        "A golden model gives what ONNX Runtime gives",
        arguments: GoldenCase.all + GoldenCase.supplied
    )
    func agreement(golden: GoldenCase) throws {
        for set in InstructionSet.available {
            let session = try golden.session(set)
            try golden.fill(session)
            session.run()
            let first = try golden.error(of: session)
            #expect(first <= golden.tolerance ?? 1e-4, "\(set.rawValue)")
            if golden.tolerance != nil {
                print("compared \(golden.name) \(set.rawValue): error \(first)")
            }
            // A second run finds the memory as the first left it.
            session.run()
            #expect(try golden.error(of: session) == first)
        }
    }
}
