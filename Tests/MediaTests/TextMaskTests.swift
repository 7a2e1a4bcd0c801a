import Imaging
import Media
import Testing

@Suite struct TextMaskTests {
    private func ink(_ text: String) throws -> Plane? {
        try TextMask.draw([text], size: 24).first.flatMap(\.self)?.mask
    }

    @Test("Chinese, letters and digits have ink of the size asked for")
    func sizes() throws {
        let mask = try #require(try ink("市场街西门"))
        #expect((110...122).contains(mask.width))
        #expect(mask.height == 36)
        let digits = try #require(try ink("2026-05-01 08:01:07.667"))
        #expect(digits.width > 200 && digits.width < 320)
    }

    @Test("Every Chinese character has a form of its own")
    func forms() throws {
        let texts = Array("西门市场消防通道占道经营涉水危险违规停放防伪码").map { String($0) }
        let masks = try TextMask.draw(texts, size: 24).map { $0?.mask }
        #expect(masks.allSatisfy { $0 != nil })
        #expect(Set(masks.map { $0?.samples ?? [] }).count == Set(texts).count)
    }

    @Test("What means something to FFmpeg's filters is shown as it is")
    func escapes() throws {
        let plain = try #require(try ink("a"))
        for text in ["%{localtime}", "a:b=c,d;e[f]'g'\\h", "100%"] {
            let mask = try #require(try ink(text))
            #expect(mask.width > plain.width)
        }
        let narrow = try #require(try ink("%{pts}"))
        let wide = try #require(try ink("%{pts}%{pts}"))
        #expect(wide.width > narrow.width * 3 / 2)
    }

    @Test("An empty line and one of controls have none")
    func empty() throws {
        #expect(try ink("") == nil)
        #expect(try ink("\n\t") == nil)
    }

    @Test("The same text gives the same ink")
    func determinism() throws {
        let lines = try (0..<2).map { _ in try TextMask.draw(["地点 市场街12号"], size: 30) }
        #expect(lines[0].first??.mask == lines[1].first??.mask)
    }
}
