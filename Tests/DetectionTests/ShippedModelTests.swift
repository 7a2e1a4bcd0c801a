import Foundation
import Inference
import ShippedModel
import Testing

@testable import Detection

@Suite struct ShippedModelTests {
    /// What ONNX Runtime made of made-up crops when the model was exported.
    struct Golden: Decodable {
        struct Case: Decodable {
            var name: String
            var scores: [Float]
            var embedding: [Float]
        }

        var tolerance: Float
        var cases: [Case]

        static func read() throws -> Golden {
            let folder = URL(filePath: #filePath).deletingLastPathComponent()
            let file = folder.appending(path: "../../Models/crops.golden.json")
            return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
        }
    }

    /// One of the made-up crops.
    static func crop(_ name: String) -> [UInt8] {
        var state: UInt32 = 12_345
        var samples: [UInt8] = []
        for z in 0..<6 {
            for y in 0..<48 {
                for x in 0..<48 {
                    state = state &* 1_664_525 &+ 1_013_904_223
                    let isInside =
                        Double((x - 24) * (x - 24)) / 4 + Double((y - 26) * (y - 26)) < 120
                    let sample: UInt8 =
                        switch name {
                        case "slopes": UInt8((5 * x + 3 * y + 17 * z) % 256)
                        case "squares": UInt8(200 * ((x / 6 + y / 6) % 2) + z)
                        case "block": z == 0 && isInside ? 40 : z % 3 == 0 ? 140 : 128
                        case "noise": UInt8(state >> 24)
                        default: 128
                        }
                    samples.append(sample)
                }
            }
        }
        return samples
    }

    @Test(
        "The program's own model tells what ONNX Runtime told when it was exported",
        arguments: ["slopes", "squares", "grey", "block", "noise"]
    )
    func golden(name: String) throws {
        let path = try #require(ShippedModel.path)
        let golden = try Golden.read()
        #expect(golden.cases.count == 5)
        let expected = try #require(golden.cases.first { $0.name == name })
        let session = try Session(
            Model(contentsOf: path),
            inputShapes: [PatchScorer.input: PatchScorer.shape]
        )
        let samples = Self.crop(name)
        session.withInput(PatchScorer.input) { input in
            for index in samples.indices { input[index] = (Float(samples[index]) - 128) / 128 }
        }
        session.run()
        for (output, values) in [
            (PatchScorer.output, expected.scores), (PatchScorer.embedding, expected.embedding),
        ] {
            let furthest = session.withOutput(output) { told, _ in
                #expect(told.count == values.count)
                return zip(told, values).map { abs($0 - $1) }.max() ?? .infinity
            }
            #expect(furthest <= golden.tolerance)
        }
    }
}
