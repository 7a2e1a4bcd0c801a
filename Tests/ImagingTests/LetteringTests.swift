import Imaging
import Scene
import Testing

@Suite
struct LetteringTests {
    @Test("A letter covers the pixels of its glyph, and its text is as wide as told")
    func letter() {
        var picture = Picture(width: 12, height: 9)
        picture.write("L", x: 1, y: 1, scale: 1, ink: .white)
        let rows = (0..<9).map { y in
            String((0..<12).map { picture.luma[$0, y] == 235 ? "#" : "." as Character })
        }
        #expect(
            rows == [
                "............", ".#..........", ".#..........", ".#..........", ".#..........",
                ".#..........", ".#..........", ".#####......", "............",
            ]
        )
        #expect(Picture.textWidth("L", scale: 2) == 10)
        #expect(Picture.textWidth("LL", scale: 2) == 22)
        #expect(Picture.textHeight(scale: 2) == 14)
    }

    @Test("Every sign of ASCII has a glyph of its own")
    func glyphs() {
        var seen: Set<[UInt8]> = []
        for code in UInt8(33)...126 {
            var picture = Picture(width: 6, height: 8)
            let text = String(UnicodeScalar(code))
            picture.write(text, x: 0, y: 0, scale: 1, ink: .white)
            #expect(seen.insert(picture.luma.samples).inserted, "\(text)")
        }
    }

    @Test("Text beyond the picture is cut off, and foreign letters become boxes")
    func cut() {
        var picture = Picture(width: 8, height: 8)
        picture.write("WWWW\u{6C34}", x: -3, y: -2, scale: 2, ink: .red)
        picture.write("\u{6C34}", x: 0, y: 0, scale: 1, ink: .white)
        #expect(picture.luma[0, 0] == 235)
        #expect(picture.luma[4, 6] == 235)
    }

    @Test("A filled box mixes with what is below by its opacity")
    func fill() {
        var picture = Picture(width: 8, height: 8)
        let ink = Ink(luma: 216, blue: 28, red: 228, opacity: 0.5)
        picture.fill(PixelBox(x: 2, y: 2, width: 4, height: 4), ink: ink)
        #expect(picture.luma[2, 2] == 116)
        #expect(picture.luma[1, 2] == 16)
        #expect(picture.blue[1, 1] == 78)
        #expect(picture.blue[0, 0] == 128)
    }

    @Test("A picture in another size keeps its levels where they lie")
    func scaled() {
        var picture = Picture(width: 4, height: 4)
        for y in 0..<4 { for x in 2..<4 { picture.luma[x, y] = 200 } }
        let large = picture.scaled(width: 16, height: 8)
        #expect(large.width == 16 && large.height == 8)
        #expect(large.luma[0, 0] == 16)
        #expect(large.luma[15, 7] == 200)
        #expect(large.luma[7, 4] < large.luma[8, 4])
        #expect(picture.scaled(width: 4, height: 4) == picture)
    }

    @Test("A part begins at an even column and row and ends where the picture does")
    func cropped() {
        var picture = Picture(width: 9, height: 7)
        picture.luma[4, 2] = 100
        picture.red[2, 1] = 200
        let part = picture.cropped(to: PixelBox(x: 5, y: 3, width: 40, height: 2))
        #expect(part.width == 5 && part.height == 3)
        #expect(part.luma[0, 0] == 100)
        #expect(part.red[0, 0] == 200)
        #expect(picture.cropped(to: PixelBox(x: 0, y: 0, width: 9, height: 7)) == picture)
    }

    @Test("A placed picture covers its place, and a dimmed one goes towards black and grey")
    func placed() {
        var small = Picture(width: 4, height: 4)
        small.fill(PixelBox(x: 0, y: 0, width: 4, height: 4), ink: .white)
        var picture = Picture(width: 10, height: 6)
        picture.place(small, x: 8, y: 2)
        #expect(picture.luma[8, 2] == 235 && picture.luma[9, 5] == 235)
        #expect(picture.luma[7, 2] == 16 && picture.luma[8, 1] == 16)
        picture.dim(by: 1)
        #expect(picture.luma.samples.allSatisfy { $0 == 16 })
    }
}
