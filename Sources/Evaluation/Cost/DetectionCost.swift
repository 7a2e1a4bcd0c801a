internal import Detection
public import Foundation
internal import Imaging
internal import Pipeline

/// What the detector costs on the analysis pictures of a clip, without decoding and shrinking.
public struct DetectionCost: Sendable {
    /// Columns and rows of the analysis pictures.
    public let width: Int
    /// Rows of the analysis pictures.
    public let height: Int
    /// Number of pictures.
    public var pictures: Int { reel.frames.count }

    private let reel: Reel

    /// Reads a clip's analysis pictures into memory.
    ///
    /// - Parameters:
    ///   - video: path of the video.
    ///   - rate: pictures per second of the clip.
    /// - Throws: `MediaError` or `EvaluationError` where the video cannot be read.
    public init(video: String, rate: Double) throws {
        reel = try Reel.read(video: video, rate: rate, width: DetectorTuning().analysisWidth).reel
        (width, height) = reel.size
    }

    /// Lets a fresh detector go through all pictures.
    ///
    /// - Returns: milliseconds of processor time that the thread used for each picture.
    public func measure() -> [Double] {
        var detector = Detector()
        return reel.frames.map { frame in
            let begin = ThreadClock.seconds
            _ = frame.picture.withView { detector.step($0, at: frame.time) }
            return (ThreadClock.seconds - begin) * 1000
        }
    }

    /// Writes the pictures one after the other: luma, blue and red difference, row by row without
    /// gaps.
    ///
    /// - Parameter file: where they go; what is there is replaced.
    /// - Throws: a file error.
    public func write(to file: URL) throws {
        var data = Data()
        for frame in reel.frames {
            data += frame.picture.luma.samples
            data += frame.picture.blue.samples
            data += frame.picture.red.samples
        }
        try data.write(to: file)
    }
}
