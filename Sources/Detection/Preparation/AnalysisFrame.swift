internal import Imaging
internal import Scene

/// The small picture on which everything is decided: luma at full analysis size, chroma at half.
struct AnalysisFrame {
    /// Columns and rows of luma.
    let width: Int
    let height: Int
    /// Columns and rows of chroma.
    let chromaWidth: Int
    let chromaHeight: Int
    /// Luma as seen, then with exposure normalised.
    let seen: Buffer<UInt8>
    let luma: Buffer<UInt8>
    let blue: Buffer<UInt8>
    let red: Buffer<UInt8>

    private var lumaAverage: AreaAverage?
    private var chromaAverage: AreaAverage?

    /// A frame for pictures of that shape, at most `maximumWidth` columns wide.
    init(pictureWidth: Int, pictureHeight: Int, maximumWidth: Int) {
        let size = Self.size(pictureWidth, pictureHeight, maximumWidth: maximumWidth)
        width = size.width
        height = size.height
        chromaWidth = (width + 1) / 2
        chromaHeight = (height + 1) / 2
        seen = Buffer(count: width * height, filledWith: 0)
        luma = Buffer(count: width * height, filledWith: 0)
        blue = Buffer(count: chromaWidth * chromaHeight, filledWith: 128)
        red = Buffer(count: chromaWidth * chromaHeight, filledWith: 128)
    }

    /// Columns and rows of the analysis picture of a frame.
    static func size(
        _ pictureWidth: Int,
        _ pictureHeight: Int,
        maximumWidth: Int
    ) -> (width: Int, height: Int) {
        let width = min(pictureWidth, maximumWidth)
        let height = (pictureHeight * width * 2 + pictureWidth) / (2 * pictureWidth)
        return (width, min(pictureHeight, max(1, height)))
    }

    /// Takes in a picture by area averaging.
    mutating func load(_ picture: PictureView) {
        let luma = Self.average(lumaAverage, picture.luma, width, height)
        luma.run(picture.luma, into: seen.base)
        lumaAverage = luma
        let chroma = Self.average(chromaAverage, picture.blue, chromaWidth, chromaHeight)
        chroma.run(picture.blue, into: blue.base)
        chroma.run(picture.red, into: red.base)
        chromaAverage = chroma
    }

    private static func average(
        _ kept: AreaAverage?,
        _ plane: PlaneView,
        _ width: Int,
        _ height: Int
    ) -> AreaAverage {
        if let kept, kept.sourceWidth == plane.width, kept.sourceHeight == plane.height {
            return kept
        }
        return AreaAverage(
            sourceWidth: plane.width,
            sourceHeight: plane.height,
            width: width,
            height: height
        )
    }
}
