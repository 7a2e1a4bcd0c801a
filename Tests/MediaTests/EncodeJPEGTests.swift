import Foundation
import Imaging
import Media
import Testing

@Suite struct EncodeJPEGTests {
    private func decoded(_ bytes: [UInt8]) throws -> Picture {
        try EncodePictures.withFile("picture.jpg") { path in
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let frame = try #require(try VideoReader(url: path).next())
            return frame.copy()
        }
    }

    @Test(
        "A JPEG shows the picture that went in, odd sizes included",
        arguments: [(640, 360), (641, 361), (33, 17), (1, 1), (7, 90)]
    )
    func roundTrip(width: Int, height: Int) throws {
        let picture = EncodePictures.picture(width, height, isFullRange: true)
        let result = try decoded(try JPEG.encode(picture, quality: 95))
        #expect(result.width == width)
        #expect(result.height == height)
        #expect(result.isFullRange)
        #expect(EncodePictures.difference(result.luma, picture.luma) < 2)
        #expect(EncodePictures.difference(result.blue, picture.blue) < 2)
        #expect(EncodePictures.difference(result.red, picture.red) < 2)
    }

    @Test(
        "Limited range becomes full range",
        arguments: [(16, 0), (235, 255), (126, 128)] as [(UInt8, UInt8)]
    )
    func range(limited: UInt8, full: UInt8) throws {
        var picture = Picture(width: 64, height: 64)
        picture.luma = Plane(width: 64, height: 64, filledWith: limited)
        picture.blue = Plane(width: 32, height: 32, filledWith: 240)
        let result = try decoded(try JPEG.encode(picture, quality: 100))
        #expect(
            EncodePictures.difference(result.luma, Plane(width: 64, height: 64, filledWith: full))
                < 1.5
        )
        #expect(
            EncodePictures.difference(result.blue, Plane(width: 32, height: 32, filledWith: 255))
                < 1.5
        )
    }

    @Test("The same picture gives the same bytes, without a program's name in them")
    func determinism() throws {
        let picture = EncodePictures.picture(320, 200)
        let first = try JPEG.encode(picture)
        #expect(try JPEG.encode(picture) == first)
        #expect(first.prefix(3) == [0xFF, 0xD8, 0xFF])
        #expect(!EncodePictures.contains(first, "Lavc"))
    }

    @Test("A higher quality costs more bytes")
    func quality() throws {
        let picture = EncodePictures.picture(320, 200)
        let sizes = try [20, 50, 75, 90, 100].map { try JPEG.encode(picture, quality: $0).count }
        #expect(sizes == sizes.sorted())
        #expect(Set(sizes).count == sizes.count)
    }

    @Test("A picture that no JPEG can hold is refused with its size")
    func tooLarge() throws {
        let picture = Picture(width: 20_000, height: 2)
        let error = #expect(throws: MediaError.self) { try JPEG.encode(picture) }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("20000x2") == true)
    }
}
