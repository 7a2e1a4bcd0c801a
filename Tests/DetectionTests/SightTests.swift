import Imaging
import Scene
import Testing

@testable import Detection

@Suite struct SightTests {
    @Test("Rain over the whole picture is told after five seconds, and nobody is blind to people")
    func rain() throws {
        let frames = Pond.film(seconds: 60) { time in
            Pond.View(
                things: Pond.mover(time, from: 32),
                rain: time >= 20 && time < 45 ? 420 : 0
            )
        }
        #expect(frames.told(0, 24.9).isEmpty)
        #expect(frames.told(26, 45) == [.tooWet])
        #expect(frames.told(57, 60).isEmpty)
        #expect(frames.allSatisfy { !$0.isBlind })
    }

    @Test("Fog that takes half of the contrast is told as too wet")
    func fog() {
        let frames = Pond.film(seconds: 110) { time in
            var view = Pond.View()
            view.fog = time < 70 ? 0 : min(0.75, (time - 70) / 20)
            return view
        }
        #expect(frames.told(0, 80).isEmpty)
        #expect(frames.told(100, 110) == [.tooWet])
    }

    @Test("Dusk is dark, and black water is too dark to see somebody in")
    func dusk() throws {
        let frames = Pond.film(seconds: 90) { time in
            Pond.View(gain: time < 20 ? 1 : max(0.3, 1 - (time - 20) / 40))
        }
        #expect(frames.between(0, 20).allSatisfy { !$0.isDark })
        #expect(frames.between(75, 90).allSatisfy { $0.isDark })
        #expect(frames.told(0, 40).isEmpty)
        #expect(frames.told(80, 90).contains(.tooDark))
    }

    @Test("It is dark until it is clearly light again")
    func hysteresis() {
        var darkness = Darkness()
        func show(_ darkTiles: Int, _ seconds: Int) -> Bool {
            var measures = PictureMeasures()
            measures.tiles = (0..<100).map { $0 < darkTiles ? 20 : 120 }
            for _ in 0..<seconds { darkness.step(measures, isInfrared: false, seconds: 1) }
            return darkness.isDark
        }
        #expect(!show(50, 60))
        #expect(!show(70, 4))
        #expect(!show(50, 1))
        #expect(show(70, 5))
        #expect(show(50, 60))
        #expect(!show(30, 5))
    }

    @Test(
        "A zone whose far edge shows people too small is told from the scale",
        arguments: [10, 14]
    )
    func far(rows: Int) {
        var options = Pond.options
        options.scale = PersonScale(slope: 0, intercept: Double(rows) / Double(Pond.height))
        let frames = Pond.film(seconds: 4, options: options) { _ in Pond.View() }
        #expect(frames.told(0.2, 4) == (rows < 12 ? [.tooFar] : []))
        #expect(frames.between(0.2, 4).allSatisfy { $0.faults.count <= 1 })
        options.zones[0].isUrgent = false
        let street = Pond.film(seconds: 4, options: options) { _ in Pond.View() }
        #expect(street.told(0, 4).isEmpty)
    }

    @Test("Water that comes over the bank is told until the zone is drawn anew")
    func flood() {
        let frames = Pond.film(seconds: 170) { time in
            Pond.View(surface: .ripples, shore: time < 80 ? 130 : 85)
        }
        #expect(frames.told(0, 100).isEmpty)
        #expect(frames.told(140, 170) == [.waterline])
    }

    @Test("Counters of restless pixels agree with a plain account", arguments: 1...4)
    func counters(seed: Int) throws {
        let (width, height) = (41, 17)
        let corners = [(0.1, 0.2), (0.9, 0.1), (0.95, 0.9), (0.2, 1.0)]
        let zone = Polygon(corners.map { NormalizedPoint(x: $0.0, y: $0.1) })
        let dynamics = try #require(Dynamics(width: width, height: height, zones: [zone]))
        let body = PixelBox(x: 15, y: 5, width: 4, height: 6)
        let shield = PixelBox(x: 12, y: 2, width: 10, height: 12)
        var plain = [Int](repeating: 0, count: width * height)
        var was = [UInt8](repeating: 0, count: width * height)
        let levels = Buffer<UInt8>(count: width * height, filledWith: 100)
        let flat = Buffer<UInt8>(count: width * height, filledWith: 0)
        for frame in 0..<120 {
            let bodies = frame >= 60 ? [body] : []
            let changed = Buffer<UInt8>(count: width * height, filledWith: 0)
            for index in 0..<changed.count {
                let chance = Street.hash(index, frame / (1 + index % 7), seed) % 3
                changed.base[index] = chance == 0 ? 1 : 0
            }
            let raw = changed.values
            let away = UInt8(100 - Street.hash(frame, 1, seed) % 60)
            for index in 0..<flat.count { flat.base[index] = away }
            let limits = Dynamics.Limits(
                low: levels.base,
                high: levels.base,
                noise: flat.base,
                floor: 12
            )
            dynamics.mute(changed.base, flat.base, limits, bodies: bodies)
            for index in 0..<raw.count where dynamics.zone.base[index] != 0 {
                let (x, y) = (index % width, index / width)
                let pixel = PixelBox(x: x, y: y, width: 1, height: 1)
                let isShielded = !bodies.isEmpty && shield.intersection(pixel) != nil
                if !isShielded {
                    plain[index] = min(
                        255,
                        max(0, plain[index] + (raw[index] != was[index] ? 10 : -1))
                    )
                }
                #expect(Int(dynamics.flicker.base[index]) == plain[index])
                let threshold = 12 + Int(away) / 4 + plain[index] / 16
                let stands = 100 - Int(away) > threshold || plain[index] < 40
                #expect(changed.base[index] == (stands ? raw[index] : 0))
            }
            was = raw
        }
    }
}
