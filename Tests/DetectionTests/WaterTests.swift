import Imaging
import Scene
import Testing

@testable import Detection

@Suite struct WaterTests {
    @Test("Ripples are nobody, and who wades through them is somebody")
    func ripples() {
        let frames = Pond.film(seconds: 60) { time in
            Pond.View(surface: .ripples, things: Pond.mover(time, from: 45))
        }
        #expect(frames.counted(20, 45).count { !$0.isEmpty } == 0)
        let wading = frames.counted(46.5, 58)
        #expect(wading.count { !$0.isEmpty } * 10 >= wading.count * 9)
        #expect(wading.allSatisfy { $0.count <= 1 })
    }

    @Test("Glints under a low sun are nobody, and who wades into them is somebody")
    func glints() {
        let frames = Pond.film(seconds: 60) { time in
            Pond.View(surface: .glints, things: Pond.mover(time, from: 45))
        }
        #expect(frames.alerting(15, 45).isEmpty)
        #expect(frames.alerting(45, 58).count == 1)
    }

    /// Rubbish that the stream carries, or a swimmer as large who crosses it.
    private static func swim(_ time: Double, isAcross: Bool) -> [Street.Thing] {
        let (start, speed) = (30.0, 14.0)
        guard time >= start else { return [] }
        let way = (time - start) * speed
        let x = isAcross ? 150 : 20 + Int(way)
        let y = isAcross ? 165 - Int(way * 0.7) : 120
        let box = PixelBox(x: x, y: y, width: 18, height: 14)
        return [Street.Thing(box: box, level: 150, seed: 4)]
    }

    @Test("What floats with the stream is rubbish, who crosses it is somebody")
    func drifting() throws {
        var speeds: [StreamDrift.Speed] = []
        func film(isAcross: Bool) -> [FrameObservations] {
            Pond.film(seconds: 38) { time in
                let things = Self.swim(time, isAcross: isAcross)
                return Pond.View(surface: .stream(14), things: things)
            } look: { detector, _ in
                speeds += [detector.scene?.water?.drift.velocity].compactMap(\.self)
            }
        }
        let rubbish = film(isAcross: false).counted(31.5, 37)
        let swimmer = film(isAcross: true).counted(31.5, 37)
        let speed = try #require(speeds.last)
        #expect(abs(speed.x - 14.0 / 40) < 0.08 && abs(speed.y) < 0.05)
        #expect(rubbish.count { !$0.isEmpty } * 10 <= rubbish.count)
        #expect(swimmer.count { !$0.isEmpty } * 10 >= swimmer.count * 8)
    }

    @Test("Water that stands carries nothing")
    func still() {
        var hasDrift = false
        _ = Pond.film(seconds: 30) { _ in
            Pond.View(surface: .ripples)
        } look: { detector, _ in
            hasDrift = hasDrift || detector.scene?.water?.drift.velocity != nil
        }
        #expect(!hasDrift)
    }

    @Test("The image of somebody in the water is not another")
    func mirrored() {
        let frames = Pond.film(seconds: 28) { time in
            Pond.View(things: Pond.mover(time, from: 12, y: 40), isMirror: true)
        }
        let walking = frames.counted(14, 26)
        #expect(walking.count { $0.count == 1 } * 10 >= walking.count * 9)
        let low = frames.between(14, 26).flatMap(\.objects).filter { $0.box.y > 0.4 }
        #expect(low.allSatisfy { $0.confidence < 0.5 })
    }

    @Test("Two who walk one before the other are two")
    func pair() {
        let frames = Pond.film(seconds: 28) { time in
            Pond.View(
                things: Pond.mover(time, from: 12, y: 40, seed: 5)
                    + Pond.mover(time, from: 12, y: 90, seed: 11)
            )
        }
        let walking = frames.counted(14, 26)
        #expect(walking.count { $0.count == 2 } * 10 >= walking.count * 9)
    }

    @Test("Size tells boats and birds from somebody", arguments: [1, 2, 3])
    func floating(seed: Int) {
        func film(_ width: Int, _ height: Int, _ speed: Double) -> Set<ObjectClass> {
            let frames = Pond.film(seconds: 24) { time in
                let things = Pond.mover(
                    time,
                    from: 12,
                    x: 10,
                    y: 120 - height,
                    speed: speed,
                    width: width,
                    height: height,
                    level: 160,
                    seed: seed
                )
                return Pond.View(things: things)
            }
            return Set(
                frames.between(14, 22).flatMap(\.objects).map(\.classification.objectClass)
            )
        }
        #expect(film(90, 26, 16) == [.boat])
        #expect(film(14, 8, 12) == [.animal])
        #expect(film(26, 16, 10) == [.unknown])
    }

    @Test("A swimmer who was seen to go in stays somebody, however little of them is left")
    func sinking() {
        let frames = Pond.film(seconds: 30) { time in
            var things = Pond.mover(time, from: 12, x: 60, y: 90, speed: 10)
            if time >= 20, let box = things.first?.box {
                things[0].box = PixelBox(x: box.x, y: box.y, width: 12, height: 9)
            }
            return Pond.View(things: things)
        }
        let wading = frames.counted(14, 20)
        #expect(wading.count { !$0.isEmpty } * 10 >= wading.count * 9)
        let head = frames.counted(21.5, 29)
        #expect(head.count { !$0.isEmpty } * 10 >= head.count * 8)
    }

    @Test("Written at any moment, a detector goes on at the water as it would have")
    func checkpoint() throws {
        func view(_ time: Double) -> Pond.View {
            let surface = time < 12 ? Pond.Surface.ripples : .stream(14)
            return Pond.View(surface: surface, things: Pond.mover(time, from: 5, speed: 10))
        }
        var written: [(Int, DetectorCheckpoint)] = []
        var frame = 0
        let frames = Pond.film(seconds: 24, view) { detector, _ in
            frame += 1
            if frame == 50 || frame == 120 { written.append((frame, detector.checkpoint())) }
        }
        for (start, checkpoint) in written {
            var detector = try Detector(checkpoint: checkpoint, options: Pond.options)
            for frame in start..<frames.count {
                let time = Double(frame) / Pond.rate
                let seen = Pond.picture(view(time), frame: frame).withView {
                    detector.step($0, at: MediaTime(seconds: time))
                }
                #expect(seen == frames[frame])
            }
        }
    }
}
