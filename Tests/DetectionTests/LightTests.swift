import Detection
import Imaging
import Scene
import Testing

@Suite struct LightTests {
    static let street = Street(.paving)
    static let place = PixelBox(x: 90, y: 60, width: 90, height: 60)

    @Test(
        "A shadow with a hard edge is light, however long and deep",
        arguments: [0.6, 0.5, 0.46, 0.43, 0.4]
    )
    func shadow(shade: Double) {
        let frames = Street.film(seconds: 60, on: Self.street) { time in
            var shot = Shot()
            shot.shade = shade
            if time >= 10 { shot.shadows = [Self.place] }
            return shot
        }
        #expect(frames.everStood.isEmpty)
    }

    @Test("A spot of light that comes and goes is no object")
    func sunbeam() {
        let dark = [
            PixelBox(x: 0, y: 0, width: 320, height: 60),
            PixelBox(x: 0, y: 120, width: 320, height: 60),
        ]
        let frames = Street.film(seconds: 50, on: Self.street) { time in
            var shot = Shot()
            shot.shadows = dark
            if time < 12 || time >= 32 {
                shot.shadows += [PixelBox(x: 0, y: 60, width: 320, height: 60)]
            }
            return shot
        }
        #expect(frames.everStood.isEmpty)
    }

    @Test("A solid thing as dark as a shadow is an object")
    func solid() throws {
        let frames = Street.film(seconds: 40, on: Self.street) { time in
            Shot(time >= 10 ? [Street.Thing(box: Self.place, level: 34, seed: 6)] : [])
        }
        let object = try #require(frames.standing(38).first)
        #expect(frames.everStood == [object.id])
        #expect(abs(object.since.seconds - 10) < 0.7)
        let truth = Self.place.normalized(width: 320, height: 180)
        #expect(object.box.intersectionOverUnion(truth) > 0.8)
    }

    @Test("A car that parks beneath a shadow is found although the shadow is not")
    func carInShadow() throws {
        let box = PixelBox(x: 115, y: 75, width: 40, height: 28)
        let frames = Street.film(seconds: 45, on: Self.street) { time in
            var shot = Shot()
            if time >= 10 { shot.shadows = [Self.place] }
            if time >= 20 { shot.things = [Street.Thing(box: box, level: 170, seed: 6)] }
            return shot
        }
        #expect(frames.standing(19).isEmpty)
        let object = try #require(frames.standing(43).first)
        let truth = box.normalized(width: 320, height: 180)
        #expect(object.box.intersectionOverUnion(truth) > 0.6)
    }
}
