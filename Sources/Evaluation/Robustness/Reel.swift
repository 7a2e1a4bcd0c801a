internal import Foundation
internal import Imaging
internal import Media
internal import Pipeline
internal import Scene

/// The pictures of a clip that are analysed, as small as the detector makes them, in memory.
struct Reel: Sendable {
    /// A picture and its time.
    struct Frame: Sendable {
        var time: MediaTime
        var picture: Picture
    }

    /// In rising order of time.
    var frames: [Frame]

    /// Time of the last picture.
    var end: MediaTime { frames.last?.time ?? .zero }

    /// Columns and rows of every picture.
    var size: (width: Int, height: Int) {
        frames.first.map { ($0.picture.width, $0.picture.height) } ?? (0, 0)
    }
}

extension Reel {
    /// A clip as it was read.
    struct Source {
        var reel: Reel
        /// Bits per second of the video stream, nil for a single picture.
        var bitRate: Double?
        /// Why reading stopped before the end, where it did.
        var warning: String?
    }

    /// Reads a video once and keeps what the gate of that rate lets through.
    ///
    /// - Parameters:
    ///   - video: path of the video.
    ///   - rate: pictures per second that are analysed.
    ///   - width: columns of the analysis picture at most.
    /// - Returns: the pictures and what was learned on the way.
    /// - Throws: `MediaError` where no picture can be read, `EvaluationError` where the picture
    ///   changes its size.
    static func read(video: String, rate: Double, width: Int) throws -> Source {
        let reader = try VideoReader(url: video)
        var gate = AnalysisGate(rate: rate)
        var shrinking: Shrinking?
        var reel = Reel(frames: [])
        var last = MediaTime.zero
        var warning: String?
        do throws(MediaError) {
            while let frame = try reader.next() {
                last = frame.time
                guard gate.admits(frame.time) else { continue }
                let shrink = shrinking ?? Shrinking(frame, maximumWidth: width)
                shrinking = shrink
                guard let picture = shrink.picture(of: frame) else { break }
                reel.frames.append(Frame(time: frame.time, picture: picture))
            }
        } catch {
            guard !reel.frames.isEmpty else { throw error }
            warning = error.description
        }
        if let shrinking, let wrong = shrinking.refused {
            throw EvaluationError(
                .invalidData,
                "\(video): pictures of \(wrong) follow others of another size; a clip for this "
                    + "test keeps its size"
            )
        }
        let seconds = last.seconds
        let bits = Double(reader.statistics.bytes) * 8
        return Source(reel: reel, bitRate: seconds > 0 ? bits / seconds : nil, warning: warning)
    }
}

/// Makes the analysis picture of frames of one size, as the detector itself would.
private final class Shrinking {
    private(set) var refused: String?

    private let pictureWidth: Int
    private let pictureHeight: Int
    private let width: Int
    private let height: Int
    private var luma: AreaAverage?
    private var chroma: AreaAverage?

    init(_ frame: VideoFrame, maximumWidth: Int) {
        pictureWidth = frame.width
        pictureHeight = frame.height
        width = min(frame.width, maximumWidth)
        let rows = (frame.height * width * 2 + frame.width) / (2 * frame.width)
        height = min(frame.height, max(1, rows))
    }

    /// The small picture, nil for a frame of another size.
    func picture(of frame: VideoFrame) -> Picture? {
        guard frame.width == pictureWidth, frame.height == pictureHeight else {
            refused = "\(frame.width)x\(frame.height)"
            return nil
        }
        return frame.withView { view in
            var picture = Picture(width: width, height: height, isFullRange: view.isFullRange)
            luma = Self.shrink(view.luma, into: &picture.luma, luma)
            chroma = Self.shrink(view.blue, into: &picture.blue, chroma)
            chroma = Self.shrink(view.red, into: &picture.red, chroma)
            return picture
        }
    }

    private static func shrink(
        _ source: PlaneView,
        into plane: inout Plane,
        _ kept: AreaAverage?
    ) -> AreaAverage {
        let average =
            kept
            ?? AreaAverage(
                sourceWidth: source.width,
                sourceHeight: source.height,
                width: plane.width,
                height: plane.height
            )
        plane.withPointer { average.run(source, into: $0) }
        return average
    }
}
