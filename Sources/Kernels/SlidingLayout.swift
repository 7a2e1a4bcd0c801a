/// Where a sliding window over one size of input keeps its phase planes, sums and offsets.
struct SlidingLayout {
    enum Kind {
        case pointwise
        case dense
        case depthwise
        case maxPool
    }

    let kind: Kind
    let rowLength: Int
    let bandRows: Int
    let sourceRows: Int
    let planeLength: Int
    let sumsLength: Int
    /// Integers of the table of offsets.
    let offsetCount: Int
    /// Floats of the room for phase planes or a panel.
    let sourceCount: Int
    /// Floats of the room for sums.
    let sumsCount: Int

    /// Bytes, with room to align the start.
    var bytes: Int {
        64 + Self.rounded(offsetCount, 8) * MemoryLayout<Int>.stride
            + (sourceCount + sumsCount) * MemoryLayout<Float>.stride
    }

    static func rounded(_ count: Int, _ unit: Int) -> Int {
        (count + unit - 1) / unit * unit
    }
}

extension SlidingLayout {
    /// Lays out a product of matrices.
    init(pointwise shape: ConvolutionShape, lanes: Int) {
        let channels = shape.inputChannels / shape.groups
        kind = .pointwise
        (rowLength, bandRows, sourceRows, planeLength, sumsLength) = (0, 0, 0, 0, 0)
        offsetCount = 2 * channels
        sourceCount = 2 * lanes * channels
        sumsCount = 2 * lanes * 16
    }

    /// Lays out all that takes phase planes.
    ///
    /// - Parameters:
    ///   - kind: What is done, not `pointwise`.
    ///   - shape: The window.
    ///   - height: Rows of the input.
    ///   - width: Columns of the input.
    ///   - channels: Sums at the same place, that is rows of packed weights.
    init(kind: Kind, shape: ConvolutionShape, height: Int, width: Int, channels: Int) {
        let size = shape.outputSize(height: height, width: width)
        let phases = shape.strideY * shape.strideX
        let sources = kind == .dense ? shape.inputChannels / shape.groups : 1
        let moreRows = shape.dilationY * (shape.kernelHeight - 1) / shape.strideY
        let moreColumns = shape.dilationX * (shape.kernelWidth - 1) / shape.strideX
        let rowLength = Self.rowLength(shape, width: width, outputWidth: size.width)

        // A band of one channel stays in the first cache, one of all channels in the second.
        let budget = kind == .dense ? 32_768 : 4_096
        let bySource = budget / (sources * phases * rowLength) - moreRows
        let bySums = budget / (channels * rowLength)
        let most = min(max(min(bySource, bySums), 1), max(size.height, 1))
        let bands = max((size.height + most - 1) / most, 1)

        self.kind = kind
        self.rowLength = rowLength
        bandRows = (size.height + bands - 1) / bands
        sourceRows = bandRows + moreRows
        var length = Self.rounded(sourceRows * rowLength + moreColumns + 64, 16)
        // Planes exactly a page apart would share the lines of the cache.
        length += length % 1_024 == 0 ? 16 : 0
        planeLength = length
        sumsLength = Self.rounded(bandRows * rowLength, 32) + 16
        let taps = shape.kernelHeight * shape.kernelWidth
        switch kind {
        case .maxPool:
            offsetCount = shape.kernelHeight + shape.kernelWidth
            sumsCount = (shape.strideY + 1) * length
        case .pointwise, .dense, .depthwise:
            offsetCount = sources * taps
            sumsCount = channels * sumsLength + 64
        }
        sourceCount = sources * phases * length
    }

    /// Floats from row to row of a phase plane, as few as keep all outputs apart.
    ///
    /// In phase plane `p`, `leading` pads come before the data. A row may run over into the next
    /// one as far as that starts with pads.
    private static func rowLength(
        _ shape: ConvolutionShape,
        width: Int,
        outputWidth: Int
    ) -> Int {
        var length = max(outputWidth, 1)
        for tap in 0..<shape.kernelWidth {
            let reach = shape.dilationX * tap
            let (phase, needed) = (reach % shape.strideX, outputWidth + reach / shape.strideX)
            let leading = max(0, shape.padLeft - phase + shape.strideX - 1) / shape.strideX
            let first = phase + leading * shape.strideX - shape.padLeft
            let data = max(0, width - first + shape.strideX - 1) / shape.strideX
            length = max(length, needed - leading, min(leading + data, needed))
        }
        return length
    }

    /// Where each tap lies from an output's place in flat form.
    func tapOffset(_ shape: ConvolutionShape, row: Int, column: Int) -> Int {
        let (y, x) = (shape.dilationY * row, shape.dilationX * column)
        let phase = y % shape.strideY * shape.strideX + x % shape.strideX
        return phase * planeLength + y / shape.strideY * rowLength + x / shape.strideX
    }
}
