internal import Imaging
internal import Inference
internal import Scene

/// An operator's network, which looks at the surroundings of an object in colour.
///
/// A detector's answer counts where its box overlaps the object's by an IoU of 0.3 at least; a
/// classifier's as it is.
final class RegionScorer: CropScorer, @unchecked Sendable {
    // Its session's memory is used by one detector only, one call at a time.
    let modelName: String
    let siteLayer: SiteLayer?
    private let session: Session
    let settings: ModelSettings
    private let input: String
    private let output: String
    /// Rows of a detector's answer.
    private let rows: Int
    private var planes: [UInt8]

    /// Side of what a detector sees over the longer side of the object's box.
    static let margin = (detector: 2.0, classifier: 1.25)
    /// Least overlap of a found box with the object's.
    private static let leastOverlap = 0.3

    init(
        _ model: Model,
        _ settings: ModelSettings,
        modelName: String,
        siteLayer: SiteLayer?
    ) throws(InferenceError) {
        guard let input = model.inputs.first?.name, model.inputs.count == 1,
            let output = model.outputs.first?.name
        else {
            throw InferenceError(
                code: .invalidInput,
                message: "\(modelName) has \(model.inputs.count) inputs and "
                    + "\(model.outputs.count) outputs; one picture must go in, one answer come out"
            )
        }
        self.modelName = modelName
        self.siteLayer = siteLayer
        self.settings = settings
        self.input = input
        self.output = output
        session = try Session(
            model,
            inputShapes: [input: [1, 3, settings.height, settings.width]]
        )
        planes = [UInt8](repeating: 0, count: 3 * settings.width * settings.height)
        let shape = session.withOutput(output) { _, shape in shape }
        rows = try settings.rows(ofAnswer: shape, modelName)
    }

    /// Whether it finds boxes.
    var isDetector: Bool { settings.decoder != .classifier }

    func look(at view: CropView) -> Look {
        Look(scores: scores(of: view))
    }

    private func scores(of view: CropView) -> LearnedScores {
        let (width, height) = (Double(view.picture.luma.width), Double(view.picture.luma.height))
        let box = (
            x: view.box.x * width, y: view.box.y * height,
            width: view.box.width * width, height: view.box.height * height
        )
        let margin = isDetector ? Self.margin.detector : Self.margin.classifier
        let region = region(around: box, of: view.picture, margin: margin)
        look(at: view.picture, region)
        if !isDetector {
            return session.withOutput(output) { values, _ in
                shares { values.indices.contains($0) ? values[$0] : 0 }
            }
        }
        // The object in shares of the network's input, in whose middle it is.
        let (wide, high) = (view.box.width / region.width, view.box.height / region.height)
        let object = NormalizedBox(
            x: (1 - wide) / 2,
            y: (1 - high) / 2,
            width: wide,
            height: high
        )
        let near = detections().filter {
            $0.box.intersectionOverUnion(object) >= Self.leastOverlap
        }
        return shares { label in near.map { $0.score(of: label) }.max() ?? 0 }
    }

    /// Overlap from which two boxes are one thing.
    private static let sameThing = 0.5

    func find(
        in picture: PictureView,
        part: NormalizedBox
    ) -> [(box: NormalizedBox, scores: LearnedScores)]? {
        guard isDetector else { return nil }
        let (width, height) = (Double(picture.luma.width), Double(picture.luma.height))
        let pixels = (
            x: part.x * width, y: part.y * height,
            width: part.width * width, height: part.height * height
        )
        let region = region(around: pixels, of: picture, margin: 1)
        look(at: picture, region)
        let left = region.centreX - region.width / 2
        let top = region.centreY - region.height / 2
        let found = detections().map { found in
            let box = NormalizedBox(
                x: left + found.box.x * region.width,
                y: top + found.box.y * region.height,
                width: found.box.width * region.width,
                height: found.box.height * region.height
            )
            return (box: box, scores: shares { found.score(of: $0) })
        }
        var kept: [(box: NormalizedBox, scores: LearnedScores)] = []
        for thing in found.sorted(by: { $0.scores.highest > $1.scores.highest }) {
            let isNew = kept.allSatisfy { other in
                other.scores.leader != thing.scores.leader
                    || other.box.intersectionOverUnion(thing.box) < Self.sameThing
            }
            if isNew { kept.append(thing) }
        }
        return kept
    }

    private func region(
        around box: (x: Double, y: Double, width: Double, height: Double),
        of picture: PictureView,
        margin: Double
    ) -> PictureRegion {
        PictureRegion(
            around: box,
            (picture.luma.width, picture.luma.height),
            margin: margin,
            aspect: Double(settings.width) / Double(settings.height)
        )
    }

    private func detections() -> [FoundObject] {
        let (width, height) = (settings.width, settings.height)
        return session.withOutput(output) { values, _ in
            switch settings.decoder {
            case .yolox:
                FoundObject.yolox(values, rows: rows, width: width, height: height)
            case .nanodet:
                FoundObject.nanodet(values, rows: rows, width: width, height: height)
            case .classifier: []
            }
        }
    }

    /// The best of a class's labels, for each class.
    private func shares(_ score: (Int) -> Float) -> LearnedScores {
        var shares: [LearnedScores.Kind: Float] = [:]
        for kind in LearnedScores.Kind.allCases {
            guard let labels = kind.objectClass.flatMap({ settings.labels[$0] }) else { continue }
            shares[kind] = labels.map(score).max()
        }
        return LearnedScores(shares)
    }

    /// Runs the network on a part of the picture.
    private func look(at picture: PictureView, _ region: PictureRegion) {
        let (width, height) = (settings.width, settings.height)
        let count = width * height
        planes.withUnsafeMutableBufferPointer { planes in
            guard let base = planes.baseAddress else { return }
            for (index, plane) in [picture.luma, picture.blue, picture.red].enumerated() {
                region.sample(plane, into: base + index * count, columns: width, rows: height)
            }
        }
        session.withInput(input) { input in
            guard let base = input.baseAddress, input.count == 3 * count else { return }
            fill(base, count, isFullRange: picture.isFullRange)
        }
        session.run()
    }

    /// Turns Y, U and V into the colours that the network wants (ITU-R BT.601).
    private func fill(
        _ input: UnsafeMutablePointer<Float>,
        _ count: Int,
        isFullRange: Bool
    ) {
        let (black, gain): (Float, Float) = isFullRange ? (0, 1) : (16, 255.0 / 219)
        let chroma: Float = isFullRange ? 1 : 255.0 / 224
        let (mean, scale) = (settings.mean.map(Float.init), settings.scale.map(Float.init))
        let isReversed = settings.channelOrder == .bgr
        let (first, third) = (isReversed ? 2 * count : 0, isReversed ? 0 : 2 * count)
        let (firstChannel, thirdChannel) = (isReversed ? 2 : 0, isReversed ? 0 : 2)
        for index in 0..<count {
            let y = (Float(planes[index]) - black) * gain
            let u = (Float(planes[count + index]) - 128) * chroma
            let v = (Float(planes[2 * count + index]) - 128) * chroma
            let red = min(255, max(0, y + 1.402 * v))
            let green = min(255, max(0, y - 0.344_136 * u - 0.714_136 * v))
            let blue = min(255, max(0, y + 1.772 * u))
            input[first + index] = (red - mean[firstChannel]) * scale[firstChannel]
            input[count + index] = (green - mean[1]) * scale[1]
            input[third + index] = (blue - mean[thirdChannel]) * scale[thirdChannel]
        }
    }
}
