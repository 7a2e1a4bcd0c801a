import CFFmpeg
import Imaging
import Scene
import Testing

@testable import Media

@Suite struct PixelTests {
    @Test(
        "Planes are lent exactly as FFmpeg decodes them",
        arguments: [
            ("libx264 -pix_fmt yuv420p", "160x120", "yuv420p", 80, 60),
            ("libx264 -pix_fmt yuv422p", "160x120", "yuv422p", 80, 120),
            ("libx264 -pix_fmt yuv444p", "161x121", "yuv444p", 161, 121),
            ("mjpeg -pix_fmt yuvj420p", "159x119", "yuvj420p", 80, 60),
            ("mjpeg -pix_fmt yuvj422p", "159x119", "yuvj422p", 80, 119),
            ("mjpeg -pix_fmt yuvj444p", "159x119", "yuvj444p", 159, 119),
        ]
    )
    func exactPlanes(
        encoder: String,
        size: String,
        format: String,
        chromaWidth: Int,
        chromaHeight: Int
    ) throws {
        let path = try Clips.make("planes.mkv", "-vf scale=\(size) -c:v \(encoder)")
        let frames = try readAll(path).frames
        #expect(frames.flatMap(samples) == (try Clips.rawVideo(path, pixelFormat: format)))
        let frame = try #require(frames.first)
        #expect("\(frame.width)x\(frame.height)" == size)
        frame.withView { view in
            #expect(view.blue.width == chromaWidth && view.blue.height == chromaHeight)
            #expect(view.red.width == chromaWidth && view.red.height == chromaHeight)
        }
    }

    @Test(
        "Full and limited range are told apart",
        arguments: [
            ("libx264 -pix_fmt yuv420p", false), ("libx264 -pix_fmt yuvj420p", true),
            ("libx264 -pix_fmt yuv420p -color_range pc", true),
            ("libx265 -pix_fmt yuv420p -color_range tv", false), ("mjpeg -pix_fmt yuvj420p", true),
        ]
    )
    func range(encoder: String, isFullRange: Bool) throws {
        let path = try Clips.make("range.mkv", "-c:v \(encoder)", seconds: 0.2)
        let frame = try #require(try readAll(path).frames.first)
        #expect(frame.isFullRange == isFullRange)
        #expect(frame.withView(\.isFullRange) == isFullRange)
        #expect(frame.copy().isFullRange == isFullRange)
    }

    @Test(
        "Every other pixel format is converted to 8-bit 4:2:0",
        arguments: [
            ("10bit.mkv", "ffv1 -pix_fmt yuv420p10le"),
            ("10bit422.mkv", "ffv1 -pix_fmt yuv422p10le"),
            ("rgb.avi", "rawvideo -pix_fmt bgr24"), ("palette.gif", "gif"),
            ("nv12.nut", "rawvideo -pix_fmt nv12"), ("rgb.mkv", "ffv1 -pix_fmt bgr0"),
            ("410.avi", "rawvideo -pix_fmt yuv410p"),
        ]
    )
    func converted(name: String, encoder: String) throws {
        let path = try Clips.make(name, "-c:v \(encoder)", seconds: 0.2, size: "160x120")
        let frames = try readAll(path).frames
        let reference = try Clips.rawVideo(path, pixelFormat: "yuv420p")
        let all = frames.flatMap(samples)
        #expect(all.count == reference.count)
        let differences = zip(all, reference).map { abs(Int($0) - Int($1)) }
        #expect(Double(differences.reduce(0, +)) / Double(max(1, all.count)) < 2.5)
        #expect(frames.allSatisfy { !$0.isFullRange })
    }

    @Test("A grey recording has chroma of 128 in 4:2:0")
    func grey() throws {
        let path = try Clips.make("grey.mkv", "-vf scale=161x121 -c:v ffv1 -pix_fmt gray")
        let frame = try #require(try readAll(path).frames.first)
        frame.withView { view in
            #expect(view.luma.width == 161 && view.luma.height == 121)
            #expect(view.blue.width == 81 && view.blue.height == 61)
            #expect(Set(samples(view.blue) + samples(view.red)) == [128])
        }
        #expect(Set(frame.copy().blue.samples) == [128])
    }

    @Test("A picture stored from its bottom row up is lent from its top row down")
    func bottomUp() throws {
        let frame = try #require(av_frame_alloc())
        frame.pointee.format = AV_PIX_FMT_YUV420P.rawValue
        frame.pointee.width = 6
        frame.pointee.height = 4
        #expect(av_frame_get_buffer(frame, 0) >= 0)
        let stride = Int(frame.pointee.linesize.0)
        let luma = try #require(frame.pointee.data.0)
        for y in 0..<4 { (luma + y * stride).update(repeating: UInt8(y), count: 6) }
        frame.pointee.data.0 = luma + 3 * stride
        frame.pointee.linesize.0 = Int32(-stride)
        let flipped = VideoFrame(owning: frame, time: .zero, isDamaged: false)
        let rows = flipped.withView { view in (0..<4).map { view.luma[5, $0] } }
        #expect(rows == [3, 2, 1, 0])
        #expect(flipped.copy().luma[0, 0] == 3)
    }

    @Test("A copy keeps luma, averages chroma to 4:2:0 and outlives its reader")
    func copies() throws {
        for (encoder, size) in [
            ("libx264 -pix_fmt yuv420p", "160x120"), ("libx264 -pix_fmt yuv444p", "161x121"),
            ("mjpeg -pix_fmt yuvj422p", "159x119"),
        ] {
            let path = try Clips.make(
                "copy.mkv",
                "-vf scale=\(size) -c:v \(encoder)",
                seconds: 0.2
            )
            let frame = try #require(try readAll(path).frames.last)
            let picture = frame.copy()
            #expect(picture.width == frame.width && picture.height == frame.height)
            frame.withView { view in
                #expect(picture.luma.samples == samples(view.luma))
                for (half, full) in [(picture.blue, view.blue), (picture.red, view.red)] {
                    #expect(half.samples == naiveHalf(full, half.width, half.height))
                }
            }
        }
    }

    /// The mean of the samples of each cell, half rounded up; edge samples count twice.
    private func naiveHalf(_ plane: PlaneView, _ width: Int, _ height: Int) -> [UInt8] {
        (0..<height).flatMap { y in
            (0..<width).map { x in
                let columns = plane.width > width ? [2 * x, min(2 * x + 1, plane.width - 1)] : [x]
                let rows = plane.height > height ? [2 * y, min(2 * y + 1, plane.height - 1)] : [y]
                let cell = columns.flatMap { column in rows.map { plane[column, $0] } }
                let sum = cell.reduce(0) { $0 + Int($1) }
                return UInt8((2 * sum + cell.count) / (2 * cell.count))
            }
        }
    }
}
