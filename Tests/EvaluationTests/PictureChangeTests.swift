import Foundation
import Imaging
import Scene
import Testing

@testable import Evaluation

/// What each disturbance does to a picture.
@Suite struct PictureChangeTests {
    /// A slanted gradient with colour, limited range.
    private func picture(_ width: Int = 96, _ height: Int = 64) -> Picture {
        var picture = Picture(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width { picture.luma[x, y] = UInt8(40 + (x * 2 + y) % 100) }
        }
        for y in 0..<picture.blue.height {
            for x in 0..<picture.blue.width {
                picture.blue[x, y] = 108
                picture.red[x, y] = 150
            }
        }
        return picture
    }

    private func changed(
        _ change: some PictureChange,
        _ before: Picture,
        number: Int = 0,
        seconds: Double
    ) -> Picture {
        var after = before
        change.apply(to: &after, number: number, seconds: seconds)
        return after
    }

    private func differing(_ one: Plane, _ other: Plane) -> Int {
        zip(one.samples, other.samples).count { $0 != $1 }
    }

    @Test("Gain rises to one and a half in four seconds, in colour as in luma, and stops at white")
    func gain() {
        let before = picture()
        #expect(changed(GainRamp(), before, seconds: 0) == before)
        let half = changed(GainRamp(), before, seconds: 2)
        #expect(half.luma[10, 0] == 71)  // 16 + (60 - 16) * 1.25
        for seconds in [4.0, 40.0] {
            let after = changed(GainRamp(), before, seconds: seconds)
            #expect(after.luma[10, 0] == 82 && after.blue[3, 3] == 98 && after.red[3, 3] == 161)
        }
        var bright = Picture(width: 16, height: 16)
        bright.luma = Plane(width: 16, height: 16, filledWith: 200)
        #expect(changed(GainRamp(), bright, seconds: 9).luma[0, 0] == 235)
        bright.isFullRange = true
        #expect(changed(GainRamp(), bright, seconds: 9).luma[0, 0] == 255)
    }

    @Test("Gamma lifts the middle, leaves black, white and colour, and is there at once")
    func gamma() {
        var before = picture()
        before.luma[0, 0] = 16
        before.luma[1, 0] = 235
        before.luma[2, 0] = 71
        let after = changed(GammaStep(), before, seconds: 0)
        #expect(after.luma[0, 0] == 16 && after.luma[1, 0] == 235)
        #expect(after.luma[2, 0] == UInt8((16 + 219 * pow(55.0 / 219, 0.7)).rounded()))
        #expect(after.blue == before.blue && after.red == before.red)
    }

    @Test("Infra-red light is grey and brighter in the middle than in the corners, after a second")
    func infrared() {
        let flat = Plane(width: 96, height: 64, filledWith: 100)
        var before = picture()
        before.luma = flat
        let change = InfraredSwitch(width: 96, height: 64)
        #expect(changed(change, before, seconds: 0) == before)
        let midway = changed(change, before, seconds: 0.5)
        #expect(midway.red[0, 0] == 139 && midway.luma[48, 32] > 100)
        let after = changed(change, before, seconds: 1)
        #expect(after.blue.samples.allSatisfy { $0 == 128 })
        #expect(after.red.samples.allSatisfy { $0 == 128 })
        #expect(after.luma[48, 32] > 130 && after.luma[0, 0] < 95)
    }

    @Test("Shake moves a picture by up to three pixels either way, and colour along with it")
    func shake() {
        let shake = Shake(seed: 3)
        let ways = (0..<500).map { shake.way(of: $0) }
        #expect(ways.map(\.x).min() == -12 && ways.map(\.x).max() == 12)
        #expect(ways.map(\.y).min() == -12 && ways.map(\.y).max() == 12)
        #expect(abs(ways.map(\.x).reduce(0, +)) < 500)
        let before = picture()
        let number = ways.firstIndex { $0.x != 0 && $0.y != 0 } ?? 0
        let after = changed(shake, before, number: number, seconds: 1)
        #expect(after.luma != before.luma && after.blue == before.blue)
        #expect(changed(shake, before, number: number, seconds: 7) == after)
    }

    @Test("A plane moved by whole samples is the same elsewhere, and its edge is repeated")
    func shift() {
        let before = picture().luma
        let after = before.shifted(rightEighths: 16, downEighths: -8)
        #expect(after[10, 10] == before[8, 11])
        #expect(after[0, 5] == before[0, 6] && after[1, 5] == before[0, 6])
        #expect(after[9, 63] == before[7, 63])
        let between = before.shifted(rightEighths: 4, downEighths: 0)
        #expect(between[10, 0] == (before[9, 0] + before[10, 0]) / 2)
    }

    @Test("Noise has a standard deviation of six, no mean, and is new in every picture")
    func noise() {
        var before = Picture(width: 200, height: 120)
        before.luma = Plane(width: 200, height: 120, filledWith: 120)
        let noise = Noise(seed: 5)
        let after = changed(noise, before, number: 1, seconds: 0)
        let values = after.luma.samples.map { Double($0) - 120 }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
        #expect(abs(mean) < 0.2 && abs(variance.squareRoot() - 6) < 0.15)
        #expect(after.blue == before.blue)
        #expect(changed(noise, before, number: 1, seconds: 8) == after)
        let next = changed(noise, before, number: 2, seconds: 0)
        #expect(differing(next.luma, after.luma) > 20_000)
        #expect(changed(Noise(seed: 6), before, number: 1, seconds: 0) != after)
    }

    @Test("A shadow covers its polygon and nothing else, at 0.55 of the light")
    func shadow() {
        var before = Picture(width: 100, height: 80)
        before.luma = Plane(width: 100, height: 80, filledWith: 116)
        before.red = Plane(width: 50, height: 40, filledWith: 148)
        let polygon = Polygon([
            NormalizedPoint(x: 0.2, y: 0.25), NormalizedPoint(x: 0.7, y: 0.25),
            NormalizedPoint(x: 0.7, y: 0.75), NormalizedPoint(x: 0.2, y: 0.75),
        ])
        let after = changed(CastShadow(polygon, width: 100, height: 80), before, seconds: 0)
        #expect(differing(before.luma, after.luma) == 50 * 40)
        #expect(after.luma[20, 20] == 71 && after.luma[19, 20] == 116)  // 16 + 100 * 0.55
        #expect(after.red[20, 20] == 139 && after.red[0, 0] == 148)
        #expect(after.blue == before.blue)
    }

    @Test("A passer-by walks in, stands thirty seconds, hides a small object and walks on")
    func passerby() throws {
        var before = Picture(width: 240, height: 160)
        before.luma = Plane(width: 240, height: 160, filledWith: 200)
        let person = Passerby(stand: (80, 140), height: 60, pictureWidth: 240, seed: 1)
        #expect(person.lead > 1 && person.lead <= 6)
        #expect(person.pose(at: -person.lead - 0.1) == nil)
        let entering = try #require(person.pose(at: -person.lead))
        #expect(entering.x < 0)
        for seconds in [0.0, 15, 30] {
            let pose = try #require(person.pose(at: seconds))
            #expect(abs(pose.x - 80) < 2 && !pose.isWalking)
        }
        let leaving = try #require(person.pose(at: 32))
        #expect(leaving.x > 85)
        #expect(person.pose(at: 40) == nil)
        #expect(changed(person, before, seconds: 40) == before)

        let after = changed(person, before, seconds: 10)
        let covered = differing(before.luma, after.luma)
        #expect(covered > 700 && covered < 1500)
        let behind = (100..<116).flatMap { y in (75..<86).map { x in after.luma[x, y] } }
        #expect(behind.allSatisfy { $0 < 150 } && Set(behind).count > 10)
        #expect(after.luma[80, 150] == 200 && after.luma[150, 110] == 200)
        #expect(after.red[40, 55] != 128)
        #expect(changed(person, before, seconds: 10) == after)
        #expect(changed(person, before, seconds: 10.4) != after)
    }
}
