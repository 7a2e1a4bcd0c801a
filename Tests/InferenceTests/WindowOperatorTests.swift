import Testing

@testable import Inference

@Suite struct WindowOperatorTests {
    /// Windows, strides, pads and dilations of one random node, and the output's size.
    struct Window {
        let kernel: [Int]
        let strides: [Int]
        let pads: [Int]
        let dilations: [Int]
        let size: [Int]

        init(_ random: inout SeededRandom, dilates: Bool) {
            kernel = random.sizes(2, 1...5)
            strides = random.sizes(2, 1...3)
            dilations = dilates ? random.sizes(2, 1...2) : [1, 1]
            let pads = [kernel[0], kernel[1], kernel[0], kernel[1]].map { $0 - 1 }
            self.pads = pads.map { random.size(0...$0) }
            size = random.sizes(2, 9...14)
        }

        var attributes: [String: Attributes.Value] {
            [
                "kernel_shape": .integers(kernel), "strides": .integers(strides),
                "pads": .integers(pads), "dilations": .integers(dilations),
            ]
        }

        func output(_ axis: Int) -> Int {
            let reach = dilations[axis] * (kernel[axis] - 1) + 1
            return (size[axis] + pads[axis] + pads[axis + 2] - reach) / strides[axis] + 1
        }

        /// Where in the input the taps of one output element are.
        func places(_ row: Int, _ column: Int) -> [(y: Int, x: Int, tap: [Int])] {
            (0..<kernel[0]).flatMap { y in
                (0..<kernel[1]).map { x in
                    (
                        row * strides[0] - pads[0] + y * dilations[0],
                        column * strides[1] - pads[1] + x * dilations[1], [y, x]
                    )
                }
            }
        }
    }

    @Test("Convolutions of random shapes are sums over windows", arguments: 0..<60)
    func convolution(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let window = Window(&random, dilates: seed % 3 == 0)
        let groups = random.size(1...3)
        let (depth, each) = (random.size(1...5), random.size(1...7))
        let depthwise = seed % 4 == 1
        let channels = groups * (depthwise ? 1 : depth)
        let filters = groups * (depthwise ? 1 : each)
        let input = random.array([random.size(1...2), channels] + window.size)
        let weights = random.array([filters, channels / groups] + window.kernel)
        let bias = random.array([filters])
        var attributes = window.attributes
        attributes["group"] = .integer(groups)
        let result = try apply(
            "Conv",
            attributes,
            to: [.computed(input), .weights(weights), .weights(bias)]
        )
        let shape = [input.shape[0], filters, window.output(0), window.output(1)]
        let expected = NaiveArray(shape: shape) { index in
            let first = index[1] / (filters / groups) * (channels / groups)
            return window.places(index[2], index[3]).reduce(bias[[index[1]]]) { sum, place in
                (0..<channels / groups).reduce(sum) { sum, channel in
                    let element = input.element(
                        [index[0], first + channel, place.y, place.x],
                        or: 0
                    )
                    return sum + element * weights[[index[1], channel] + place.tap]
                }
            }
        }
        #expect(difference(result[0], expected) < 1e-4)
    }

    @Test("Pools of random shapes are the largest and the mean under windows", arguments: 0..<40)
    func pools(seed: UInt64) throws {
        var random = SeededRandom(seed + 1000)
        let window = Window(&random, dilates: false)
        let input = random.array([random.size(1...2), random.size(1...4)] + window.size)
        var attributes = window.attributes
        let shape = Array(input.shape[..<2]) + [window.output(0), window.output(1)]
        let largest = try apply("MaxPool", attributes, to: [.computed(input)])
        func elements(_ index: [Int]) -> [Float] {
            window.places(index[2], index[3]).compactMap { place in
                let element = input.element([index[0], index[1], place.y, place.x], or: .nan)
                return element.isNaN ? nil : element
            }
        }
        #expect(
            largest == [NaiveArray(shape: shape) { elements($0).max() ?? -.infinity }]
        )
        attributes["dilations"] = nil
        let countsPads = seed % 2 == 0
        attributes["count_include_pad"] = .integer(countsPads ? 1 : 0)
        let mean = try apply("AveragePool", attributes, to: [.computed(input)])
        let expected = NaiveArray(shape: shape) { index in
            let found = elements(index)
            let count = countsPads ? window.kernel[0] * window.kernel[1] : found.count
            return found.reduce(0, +) / Float(max(count, 1))
        }
        #expect(difference(mean[0], expected) < 1e-5)
    }

    @Test("Pictures are enlarged by whole factors by repeating elements", arguments: 0..<12)
    func repeating(seed: UInt64) throws {
        var random = SeededRandom(seed + 2000)
        let input = random.array([1] + random.sizes(3, 1...6))
        let factors = random.sizes(2, 1...3)
        let scales = NaiveArray(shape: [4], values: [1, 1, Float(factors[0]), Float(factors[1])])
        let result = try apply(
            "Resize",
            [
                "nearest_mode": .string("floor"),
                "coordinate_transformation_mode": .string("asymmetric"),
            ],
            to: [.computed(input), .absent, .weights(scales)]
        )
        let shape = [
            1, input.shape[1], input.shape[2] * factors[0], input.shape[3] * factors[1],
        ]
        #expect(
            result == [
                NaiveArray(shape: shape) {
                    input[[$0[0], $0[1], $0[2] / factors[0], $0[3] / factors[1]]]
                }
            ]
        )
    }

    @Test("Linear resizing keeps a slope, apart from the border", arguments: 0..<12)
    func slope(seed: UInt64) throws {
        var random = SeededRandom(seed + 3000)
        let (rows, columns) = (random.size(3...9), random.size(3...9))
        let sizes = [1, 1, random.size(3...20), random.size(3...20)]
        let input = NaiveArray(shape: [1, 1, rows, columns]) { 2 * Float($0[2]) - Float($0[3]) }
        let result = try apply(
            "Resize",
            [
                "mode": .string("linear"),
                "coordinate_transformation_mode": .string("pytorch_half_pixel"),
            ],
            to: [.computed(input), .absent, .absent, .integers(sizes)]
        )
        let expected = NaiveArray(shape: sizes) { index in
            let y = (Float(index[2]) + 0.5) * Float(rows) / Float(sizes[2]) - 0.5
            let x = (Float(index[3]) + 0.5) * Float(columns) / Float(sizes[3]) - 0.5
            return 2 * min(max(y, 0), Float(rows - 1)) - min(max(x, 0), Float(columns - 1))
        }
        #expect(difference(result[0], expected) < 1e-4)
    }
}
