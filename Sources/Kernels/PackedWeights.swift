/// Weights and bias in the order in which kernels read them; owns the memory.
///
/// Depthwise: as they were given. Otherwise, for each group, blocks of output channels, in each
/// `[term][channel]`, the last block filled up with zeros.
final class PackedWeights: @unchecked Sendable {
    // Written in `init` alone.
    private let memory: UnsafeMutablePointer<Float>
    private let groupLength: Int
    private let weightsLength: Int
    /// Output channels of a group, with those that fill up its last block.
    let rows: Int

    init(
        shape: ConvolutionShape,
        weights: [Float],
        bias: [Float],
        blockHeight: (Int) -> Int
    ) {
        let isDepthwise = shape.isDepthwise
        let groups = isDepthwise ? 1 : shape.groups
        let channels = shape.outputChannels / groups
        let terms = shape.weightCount / shape.outputChannels
        let heights = isDepthwise ? [channels] : Self.heights(channels, blockHeight)
        rows = heights.reduce(0, +)
        weightsLength = SlidingLayout.rounded(rows * terms, 16)
        groupLength = weightsLength + SlidingLayout.rounded(rows, 16)
        let bytes = groups * groupLength * MemoryLayout<Float>.stride
        memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
            .bindMemory(to: Float.self, capacity: groups * groupLength)
        memory.initialize(repeating: 0, count: groups * groupLength)
        for group in 0..<groups {
            let first = group * channels
            let target = memory + group * groupLength
            for channel in 0..<channels where !bias.isEmpty {
                target[weightsLength + channel] = bias[first + channel]
            }
            if isDepthwise {
                for index in weights.indices {
                    target[index] = weights[index]
                }
                continue
            }
            var start = 0
            for height in heights {
                for channel in start..<min(start + height, channels) {
                    for term in 0..<terms {
                        target[start * terms + term * height + channel - start] =
                            weights[(first + channel) * terms + term]
                    }
                }
                start += height
            }
        }
    }

    deinit {
        memory.deallocate()
    }

    func weights(group: Int) -> UnsafePointer<Float> {
        UnsafePointer(memory + group * groupLength)
    }

    func bias(group: Int) -> UnsafePointer<Float> {
        UnsafePointer(memory + group * groupLength + weightsLength)
    }

    private static func heights(_ channels: Int, _ blockHeight: (Int) -> Int) -> [Int] {
        var (heights, remaining) = ([Int](), channels)
        while remaining > 0 {
            let height = blockHeight(remaining)
            heights.append(height)
            remaining -= height
        }
        return heights
    }
}
