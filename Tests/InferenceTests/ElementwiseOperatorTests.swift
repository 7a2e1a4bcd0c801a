import Foundation
import Testing

@testable import Inference

@Suite struct ElementwiseOperatorTests {
    struct Function: Sendable, CustomTestStringConvertible {
        let name: String
        var attributes: [String: Attributes.Value] = [:]
        let formula: @Sendable (Double) -> Double

        var testDescription: String { name }
    }

    static let functions = [
        Function(name: "Relu") { $0 > 0 ? $0 : 0 },
        Function(name: "LeakyRelu", attributes: ["alpha": .float(0.2)]) { $0 > 0 ? $0 : 0.2 * $0 },
        Function(name: "Sigmoid") { 1 / (1 + exp(-$0)) },
        Function(name: "HardSwish") { $0 < -3 ? 0 : $0 > 3 ? $0 : $0 * ($0 + 3) / 6 },
        Function(name: "HardSigmoid", attributes: ["alpha": .float(0.25), "beta": .float(0.4)]) {
            max(0, min(1, 0.25 * $0 + 0.4))
        },
        Function(name: "Abs") { $0 < 0 ? -$0 : $0 },
        Function(name: "Identity") { $0 },
    ]

    @Test("Functions of one element follow their formulas", arguments: functions)
    func unary(function: Function) throws {
        var random = SeededRandom(7)
        for _ in 0..<10 {
            var input = random.array(random.sizes(random.size(0...4), 1...7))
            input.values = input.values.map { $0 * 3 }
            let result = try apply(function.name, function.attributes, to: [.computed(input)])
            let expected = NaiveArray(
                shape: input.shape,
                values: input.values.map { Float(function.formula(Double($0))) }
            )
            #expect(difference(result[0], expected) < 1e-5)
        }
    }

    @Test("Clip keeps elements between its bounds")
    func clip() throws {
        var random = SeededRandom(8)
        let input = random.array([4, 33])
        let bounds = [-0.25, 1.5].map { NaiveArray(shape: [], values: [$0]) }
        let both = try apply("Clip", to: [.computed(input)] + bounds.map(OperatorInput.weights))
        #expect(both[0].values == input.values.map { Swift.min(Swift.max($0, -0.25), 1.5) })
        let none = try apply("Clip", to: [.computed(input)])
        #expect(none[0] == input)
    }

    @Test(
        "Functions of two elements repeat the smaller shape",
        arguments: ["Add", "Sub", "Mul", "Div"]
    )
    func binary(name: String) throws {
        var random = SeededRandom(9)
        for _ in 0..<40 {
            let shape = random.sizes(random.size(1...5), 1...5)
            let left = random.array(Self.part(of: shape, &random))
            let right = random.array(Self.part(of: shape, &random))
            let result = try apply(name, to: [.computed(left), .computed(right)])
            let rank = max(left.shape.count, right.shape.count)
            let sizes = (0..<rank).map { dimension in
                max(
                    Self.size(left.shape, dimension - rank),
                    Self.size(right.shape, dimension - rank)
                )
            }
            let expected = NaiveArray(shape: sizes) { index in
                let (a, b) = (left.broadcast(index), right.broadcast(index))
                return switch name {
                case "Add": a + b
                case "Sub": a - b
                case "Mul": a * b
                default: a / b
                }
            }
            #expect(difference(result[0], expected) < 1e-6)
        }
    }

    /// Some last dimensions of a shape, some of them 1.
    private static func part(of shape: [Int], _ random: inout SeededRandom) -> [Int] {
        let count = random.size(0...shape.count)
        return shape.suffix(count).map { Bool.random(using: &random) ? $0 : 1 }
    }

    private static func size(_ shape: [Int], _ fromBack: Int) -> Int {
        shape.count + fromBack >= 0 ? shape[shape.count + fromBack] : 1
    }

    @Test("Integers are computed as such, and overflow is an error")
    func integers() throws {
        let result = try apply("Div", to: [.integers([7, -7, 9]), .integers([2, 2, -4])])
        #expect(result[0].values == [3, -3, -2])
        #expect(throws: InferenceError.self) {
            try apply("Div", to: [.integers([1]), .integers([0])])
        }
        #expect(throws: InferenceError.self) {
            try apply("Mul", to: [.integers([.max]), .integers([2])])
        }
    }
}
