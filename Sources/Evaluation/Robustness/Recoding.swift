internal import Foundation
internal import Imaging
internal import Media
internal import Scene

/// Writes a video anew as H.264 at another bit rate, for real.
enum Recoding {
    /// Share of the source's bit rate.
    static let share = 0.25

    /// Writes every frame of a video at its own time and size; an odd last column or row is left
    /// out.
    ///
    /// A video that breaks off is written as far as it goes.
    /// - Parameters:
    ///   - video: path of the source.
    ///   - target: path of the file to write.
    ///   - bitRate: bits per second to come to.
    /// - Throws: `MediaError` where nothing can be read or the file not be written.
    static func write(_ video: String, to target: String, bitRate: Double) throws {
        let reader = try VideoReader(url: video)
        var writer: VideoWriter?
        while let frame = try next(reader, isBegun: writer != nil) {
            let picture = frame.copy().even()
            let open =
                try writer
                ?? VideoWriter(
                    path: target,
                    width: picture.width,
                    height: picture.height,
                    frameRate: min(
                        max(Int((reader.info.nominalFrameRate ?? 25).rounded()), 1),
                        240
                    ),
                    averageBitRate: min(max(Int(bitRate), 1_000), 1_000_000_000)
                )
            writer = open
            try open.append(picture, at: frame.time)
        }
        try writer?.finish()
    }

    private static func next(
        _ reader: VideoReader,
        isBegun: Bool
    ) throws(MediaError) -> VideoFrame? {
        do throws(MediaError) {
            return try reader.next()
        } catch {
            guard isBegun else { throw error }
            return nil
        }
    }

    /// Runs `body` with a folder that is gone afterwards.
    static func inTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let manager = FileManager.default
        let folder = manager.temporaryDirectory.appending(path: "patrol-\(UUID().uuidString)")
        try manager.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? manager.removeItem(at: folder) }
        return try body(folder)
    }
}

extension Picture {
    /// Without the last column and row where their number is odd.
    fileprivate func even() -> Picture {
        guard !width.isMultiple(of: 2) || !height.isMultiple(of: 2) else { return self }
        var picture = Picture(
            width: max(2, width / 2 * 2),
            height: max(2, height / 2 * 2),
            isFullRange: isFullRange
        )
        picture.luma.fill(fromCornerOf: luma)
        picture.blue.fill(fromCornerOf: blue)
        picture.red.fill(fromCornerOf: red)
        return picture
    }
}

extension Plane {
    fileprivate mutating func fill(fromCornerOf other: Plane) {
        for y in 0..<min(height, other.height) {
            for x in 0..<min(width, other.width) { self[x, y] = other[x, y] }
        }
    }
}
