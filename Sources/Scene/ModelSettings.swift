/// How a network wants its pictures, and what its answers mean.
public struct ModelSettings: Hashable, Sendable, Codable {
    /// In which order the colours of a picture come.
    public enum ChannelOrder: String, Sendable, Codable, CaseIterable {
        /// Red, green, blue.
        case rgb
        /// Blue, green, red.
        case bgr
    }

    /// How answers are read.
    public enum Decoder: String, Sendable, Codable, CaseIterable {
        /// `[1, N, 5 + classes]`: offsets and logarithms of sizes on grids of stride 8, 16 and 32,
        /// objectness and classes already between 0 and 1 (YOLOX, Ge et al. 2021).
        case yolox
        /// `[1, N, classes + 4 * bins]`: classes between 0 and 1, then a distribution over
        /// distances to each side, on grids of stride 8, 16 and 32 (NanoDet; NanoDet-Plus adds 64).
        case nanodet
        /// `[1, classes]`: one share for the whole crop.
        case classifier
    }

    /// Columns of the input; a multiple of 32 for the two detectors.
    public var width: Int
    /// Rows of the input; a multiple of 32 for the two detectors.
    public var height: Int
    /// Taken from each sample of 0 to 255, by channel in the order of the input.
    public var mean: [Double]
    /// What is left is multiplied by it, by channel.
    public var scale: [Double]
    /// The order of colours.
    public var channelOrder: ChannelOrder
    /// How answers are read.
    public var decoder: Decoder
    /// The network's own classes by the project's; the others mean nothing.
    public var labels: [ObjectClass: [Int]]

    /// Settings with all that there is to say.
    public init(
        width: Int,
        height: Int,
        mean: [Double] = [0, 0, 0],
        scale: [Double] = [1, 1, 1],
        channelOrder: ChannelOrder = .bgr,
        decoder: Decoder,
        labels: [ObjectClass: [Int]]
    ) {
        self.width = width
        self.height = height
        self.mean = mean
        self.scale = scale
        self.channelOrder = channelOrder
        self.decoder = decoder
        self.labels = labels
    }
}
