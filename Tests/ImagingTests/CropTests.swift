import Imaging
import Scene
import Testing

@Suite struct CropTests {
    private static func picture(_ width: Int, _ height: Int) -> Picture {
        var random = Random(seed: UInt64(width * 1000 + height))
        var picture = Picture(width: width, height: height, isFullRange: true)
        for index in picture.luma.samples.indices {
            picture.luma.samples[index] = UInt8.random(in: 0...255, using: &random)
        }
        for index in picture.blue.samples.indices {
            picture.blue.samples[index] = UInt8.random(in: 0...255, using: &random)
            picture.red.samples[index] = UInt8.random(in: 0...255, using: &random)
        }
        return picture
    }

    @Test("A part shows the pixels that it was cut from", arguments: 1...20)
    func pixels(seed: Int) {
        var random = Random(seed: UInt64(seed))
        let width = 2 * Int.random(in: 8...60, using: &random)
        let height = 2 * Int.random(in: 8...60, using: &random)
        let picture = Self.picture(width, height)
        let x = 2 * Int.random(in: 0..<(width / 2), using: &random)
        let y = 2 * Int.random(in: 0..<(height / 2), using: &random)
        let box = PixelBox(
            x: x,
            y: y,
            width: 2 * Int.random(in: 1...((width - x) / 2), using: &random),
            height: 2 * Int.random(in: 1...((height - y) / 2), using: &random)
        )
        let isSame = picture.withView { view -> Bool in
            guard let part = view.cropped(to: box) else { return false }
            guard part.isFullRange, part.luma.width == box.width, part.luma.height == box.height,
                part.blue.width == box.width / 2, part.red.height == box.height / 2
            else { return false }
            for row in 0..<box.height {
                for column in 0..<box.width {
                    let (left, top) = (x + column, y + row)
                    guard part.luma[column, row] == view.luma[left, top],
                        part.blue[column / 2, row / 2] == view.blue[left / 2, top / 2],
                        part.red[column / 2, row / 2] == view.red[left / 2, top / 2]
                    else { return false }
                }
            }
            return true
        }
        #expect(isSame)
    }

    @Test("Odd parts have chroma of at least one sample, within the planes")
    func odd() {
        let picture = Self.picture(7, 5)
        for box in [
            PixelBox(x: 6, y: 4, width: 1, height: 1), PixelBox(x: 1, y: 1, width: 1, height: 1),
            PixelBox(x: 0, y: 0, width: 7, height: 5), PixelBox(x: 3, y: 2, width: 4, height: 3),
        ] {
            let size = picture.withView { view in
                view.cropped(to: box).map { ($0.blue.width, $0.blue.height) }
            }
            #expect((size?.0 ?? 0) >= 1)
            #expect((size?.1 ?? 0) >= 1)
        }
    }

    @Test("Chroma at full size is cut like luma")
    func fullChroma() {
        let picture = Self.picture(24, 16)
        let box = PixelBox(x: 5, y: 3, width: 7, height: 9)
        let seen = picture.luma.withView { luma -> UInt8? in
            let view = PictureView(luma: luma, blue: luma, red: luma, isFullRange: false)
            return view.cropped(to: box)?.blue[2, 4]
        }
        #expect(seen == picture.luma[7, 7])
    }

    @Test("A part of a picture that is stored from the bottom row up is the right way round")
    func negativeStride() {
        let plane = Self.picture(16, 12).luma
        let seen = plane.withView { view -> [UInt8] in
            let flipped = PlaneView(
                base: view.base + 11 * 16,
                width: 16,
                height: 12,
                stride: -16
            )
            let whole = PictureView(luma: flipped, blue: flipped, red: flipped, isFullRange: false)
            let part = whole.cropped(to: PixelBox(x: 4, y: 3, width: 5, height: 6))
            return part.map { [$0.luma[0, 0], $0.luma[4, 5]] } ?? []
        }
        #expect(seen == [plane[4, 8], plane[8, 3]])
    }

    static let outside = [
        PixelBox(x: -1, y: 0, width: 4, height: 4), PixelBox(x: 0, y: -2, width: 4, height: 4),
        PixelBox(x: 30, y: 0, width: 3, height: 4), PixelBox(x: 0, y: 22, width: 4, height: 3),
        PixelBox(x: 4, y: 4, width: 0, height: 4), PixelBox(x: 4, y: 4, width: 4, height: -1),
        PixelBox(x: 32, y: 24, width: 1, height: 1),
    ]

    @Test("A part that is empty or reaches beyond the picture is none", arguments: outside)
    func beyond(box: PixelBox) {
        let isNone = Self.picture(32, 24).withView { $0.cropped(to: box) == nil }
        #expect(isNone)
    }
}
