internal import Detection
public import Foundation
internal import Imaging
internal import Media
internal import Pipeline
internal import Scene

/// Writes what the detector sees in a recording as small pictures to learn from.
///
/// Two files: `crops.u8` holds 6 × 48 × 48 bytes for each look, plane by plane (Y, U, V of the
/// picture, then of the background); `crops.jsonl` a line for each in the same order.
public struct CropDump: Sendable {
    /// Analysis pictures a second.
    public var rate = 5.0
    /// Looks at an object at most, 2 or more.
    public var most = 8
    /// Seconds between two looks at an object at least.
    public var spacing = 0.4

    /// A dump with the usual rate and number of looks.
    public init() {}

    /// What a dump came to.
    public struct Summary: Hashable, Sendable {
        /// Looks that were written.
        public var looks = 0
        /// Pictures that were analysed.
        public var pictures = 0
        /// Why reading stopped before the end, where it did.
        public var warning: String?
    }

    /// Analyses a recording without any zone and writes the looks at its objects.
    ///
    /// - Parameters:
    ///   - video: path of the recording.
    ///   - folder: where the two files go; made where it is missing, what they held is replaced.
    /// - Returns: how much was written.
    /// - Throws: `MediaError` where no picture can be read, `EvaluationError` where nothing can be
    ///   written.
    public func write(_ video: String, into folder: URL) throws -> Summary {
        let reader = try VideoReader(url: video)
        let output = try CropFiles(folder: folder)
        var detector = Detector()
        var gate = AnalysisGate(rate: rate)
        var looks = CropLooks(most: most, spacing: .seconds(spacing))
        var summary = Summary()
        do {
            while let frame = try reader.next() {
                guard gate.admits(frame.time) else { continue }
                frame.withView { picture in
                    let observations = detector.step(picture, at: frame.time)
                    let size = (picture.luma.width, picture.luma.height)
                    looks.add(observations, size) { detector.crops(of: picture) }
                }
                summary.pictures += 1
                summary.looks += try output.add(looks.finished(at: frame.time))
            }
        } catch let error as MediaError where summary.pictures > 0 {
            summary.warning = error.description
        }
        summary.looks += try output.add(looks.finished(at: nil))
        try output.close()
        return summary
    }
}
