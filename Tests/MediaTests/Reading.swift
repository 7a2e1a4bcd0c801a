import Imaging
import Media
import Scene
import Testing

/// All frames of a source, and the reader at its end.
func readAll(_ path: String) throws -> (frames: [VideoFrame], reader: VideoReader) {
    let reader = try VideoReader(url: path)
    var frames: [VideoFrame] = []
    while let frame = try reader.next() { frames.append(frame) }
    return (frames, reader)
}

/// The error that opening a source and reading it to its end throws.
func failure(_ path: String, options: SourceOptions = .init()) -> MediaError? {
    do throws(MediaError) {
        let reader = try VideoReader(url: path, options: options)
        while try reader.next() != nil {}
        return nil
    } catch {
        return error
    }
}

/// The rows of a plane without the gaps between them.
func samples(_ plane: PlaneView) -> [UInt8] {
    (0..<plane.height).flatMap { y in (0..<plane.width).map { x in plane[x, y] } }
}

/// The samples of all three planes, one plane after the other.
func samples(_ frame: VideoFrame) -> [UInt8] {
    frame.withView { samples($0.luma) + samples($0.blue) + samples($0.red) }
}

/// Fails unless every frame's time lies after the one before, and the first is zero.
func expectRisingTime(_ frames: [VideoFrame], _ location: SourceLocation = #_sourceLocation) {
    let times = frames.map(\.time)
    #expect(times.first == .zero, sourceLocation: location)
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 }, sourceLocation: location)
}
