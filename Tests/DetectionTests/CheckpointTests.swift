import Foundation
import Imaging
import Scene
import Testing

@testable import Detection

@Suite struct CheckpointTests {
    /// One detector that goes on, and others that go on from what it wrote at some frames.
    private static func compare(
        seconds: Double,
        cuts: [Double],
        on street: Street = ModeTests.street,
        options: DetectorOptions = DetectorOptions(),
        _ shot: (Double) -> Shot
    ) throws -> (frames: [FrameObservations], resumed: [[FrameObservations]]) {
        var detector = Detector(options: options)
        var (frames, pictures): ([FrameObservations], [Picture]) = ([], [])
        var written: [(frame: Int, data: Data)] = []
        for frame in 0..<Int(seconds * 5) {
            let time = Double(frame) / 5
            if cuts.contains(where: { abs($0 - time) < 0.05 }) {
                written.append((frame, try JSONEncoder().encode(detector.checkpoint())))
            }
            let picture = street.picture(shot(time), frame: frame)
            pictures.append(picture)
            frames.append(picture.withView { detector.step($0, at: MediaTime(seconds: time)) })
        }
        var resumed: [[FrameObservations]] = []
        for (start, data) in written {
            let checkpoint = try JSONDecoder().decode(DetectorCheckpoint.self, from: data)
            var detector = try Detector(checkpoint: checkpoint, options: options)
            resumed.append(
                (start..<pictures.count).map { frame in
                    let time = MediaTime(seconds: Double(frame) / 5)
                    return pictures[frame].withView { detector.step($0, at: time) }
                }
            )
        }
        return (frames, resumed)
    }

    /// A car comes, a lorry hides it, a shaking camera, night, day, another car, a walker.
    private static func busy(_ time: Double) -> Shot {
        var shot = Shot(HealthTests.arriving(time))
        if time >= 14 && time < 20 {
            let x = time < 16 ? Int((time - 14) * 90) - 80 : max(100, Int((time - 17.6) * 90) + 100)
            let box = PixelBox(x: x, y: 70, width: 100, height: 70)
            shot.things.append(Street.Thing(box: box, level: 170, seed: 9))
        }
        if time >= 26 && time < 30 {
            let step = Int((time * 5).rounded())
            shot.shift = (Street.hash(step, 1, 9) % 5 - 2, Street.hash(step, 2, 9) % 5 - 2)
        }
        shot.isInfrared = time >= 34 && time < 46
        if time >= 37 { shot.things.append(ModeTests.guest) }
        if time >= 30 {
            let box = PixelBox(x: Int((time - 30) * 12), y: 20, width: 14, height: 36)
            shot.things.append(Street.Thing(box: box, level: 220, seed: 31))
        }
        if time >= 54 { shot.wrong = .blocked }
        if time >= 60.4 { shot.wrong = nil }
        return shot
    }

    @Test("Written at any moment, a detector goes on as it would have")
    func roundTrips() throws {
        // Before the first picture, empty, arriving, settling, standing, hidden, shaking, waiting
        // out a switch, by night, waiting out the switch back, by day, under a fault, after it.
        let cuts = [
            0.0, 2, 4.4, 6.8, 7.8, 11, 17, 28, 34.8, 41, 46.6, 47.6, 52, 57, 60.8,
        ]
        let (frames, resumed) = try Self.compare(seconds: 66, cuts: cuts, Self.busy)
        #expect(resumed.count == cuts.count)
        #expect(frames.frame(34.8).isBlind && frames.frame(46.6).isBlind)
        #expect(frames.frame(17).objects.contains { !$0.isVisible })
        #expect(frames.standing(52).count == 2)
        #expect(!frames.frame(60).faults.isEmpty)
        for (cut, rest) in zip(cuts, resumed) {
            let first = rest.first { !frames.contains($0) }
            #expect(first == nil, "written at \(cut) s, different from then on")
            #expect(rest.count == frames.count - Int((cut * 5).rounded()))
        }
    }

    @Test("A switch that is waited out goes on the same from what was written in it")
    func rebase() throws {
        let (frames, resumed) = try Self.compare(seconds: 40, cuts: [20.4, 21, 21.4]) { time in
            var shot = Shot(HealthTests.arriving(time))
            shot.isInfrared = time >= 20
            if time >= 28 { shot.things = [] }
            return shot
        }
        #expect(frames.between(20.4, 21.4).allSatisfy { $0.isBlind })
        for rest in resumed { #expect(rest == Array(frames.suffix(rest.count))) }
    }

    private static func written(_ seconds: Double = 12) -> DetectorCheckpoint {
        let street = Street()
        var detector = Detector()
        for frame in 0..<Int(seconds * 5) {
            let time = Double(frame) / 5
            let things = [StandingTests.arriving(time)].compactMap(\.self)
            _ = street.picture(things, frame: frame).withView {
                detector.step($0, at: MediaTime(seconds: time))
            }
        }
        return detector.checkpoint()
    }

    private static func error(
        _ checkpoint: DetectorCheckpoint,
        options: DetectorOptions = DetectorOptions()
    ) -> DetectorError? {
        do {
            _ = try Detector(checkpoint: checkpoint, options: options)
            return nil
        } catch { return error }
    }

    @Test("Of other options or another version it is incompatible")
    func incompatible() {
        let checkpoint = Self.written(3)
        #expect(Self.error(checkpoint) == nil)
        let corners = [(0.1, 0.1), (0.9, 0.1), (0.5, 0.9)].map { NormalizedPoint(x: $0, y: $1) }
        let zone = DetectorOptions.Zone(id: ZoneID(rawValue: "a"), polygon: Polygon(corners))
        var tuning = DetectorTuning()
        tuning.lumaThreshold += 1
        for options in [
            DetectorOptions(scale: PersonScale(slope: 0.2, intercept: 0)),
            DetectorOptions(zones: [zone]), DetectorOptions(relearnsWhenMoved: true),
            DetectorOptions(tuning: tuning),
        ] {
            #expect(Self.error(checkpoint, options: options)?.code == .incompatible)
        }
        var other = checkpoint
        other.version += 1
        let error = Self.error(other)
        #expect(error?.code == .incompatible)
        #expect(error?.message.contains("begin anew") == true)
    }

    /// What can be wrong with a checkpoint that was written whole.
    private struct Damage: Sendable {
        var name: String
        var change: @Sendable (inout SceneState.Checkpoint) -> Void

        init(_ name: String, _ change: @escaping @Sendable (inout SceneState.Checkpoint) -> Void) {
            self.name = name
            self.change = change
        }
    }

    private static func bytes(_ count: Int) -> PackedPlane {
        PackedPlane(Buffer<UInt8>(count: count, filledWith: 0))
    }

    private static let damages = [
        Damage("an object beyond the picture") { $0.objects[0].box.x = 300 },
        Damage("an object before the picture") { $0.objects[0].box.y = -1 },
        Damage("an object without size") { $0.objects[0].box.width = 0 },
        Damage("a mask that is no box") { $0.objects[0].mask.removeLast() },
        Damage("a look that is no box") { $0.objects[0].template.append(3) },
        Damage("no picture") { $0.pictureWidth = 0 },
        Damage("an endless picture") { $0.pictureHeight = 1 << 40 },
        Damage("a picture of another size") { $0.pictureWidth = 160 },
        Damage("a shift beyond reach") { $0.alignment.x = 9 },
        Damage("anchors of another picture") { $0.anchors = Anchors(width: 8, height: 8) },
        Damage("a plane that is too small") { $0.seen = bytes(9) },
        Damage("a cover of too few pixels") { $0.covered = bytes(57_599) },
        Damage("noise of too few pixels") { $0.background.noise = bytes(9) },
        Damage("words of half their length") { $0.background.luma = bytes(57_600) },
        Damage("a layer of too many pixels") { $0.layer.edge = bytes(2 * 57_601) },
    ]

    @Test("What contradicts itself is damaged, and never a crash", arguments: damages.indices)
    func damaged(index: Int) throws {
        var checkpoint = Self.written()
        #expect(checkpoint.scene?.objects.count == 1)
        var scene = try #require(checkpoint.scene)
        Self.damages[index].change(&scene)
        checkpoint.scene = scene
        let error = Self.error(checkpoint)
        #expect(error?.code == .damaged, "\(Self.damages[index].name)")
        #expect(error?.message.contains("checkpoint") == true)
    }

    @Test("A file that was cut or changed anywhere is refused or goes on, and never a crash")
    func cut() throws {
        let data = try JSONEncoder().encode(Self.written())
        let picture = Street().picture([], frame: 3)
        for trial in 0..<40 {
            var broken = data
            let place = Street.hash(trial, 1, 6) % broken.count
            if trial % 4 == 0 {
                broken = broken.prefix(place)
            } else {
                broken[place] = UInt8(48 + Street.hash(trial, 2, 6) % 43)
            }
            guard let read = try? JSONDecoder().decode(DetectorCheckpoint.self, from: broken),
                var detector = try? Detector(checkpoint: read)
            else { continue }
            let seen = picture.withView { detector.step($0, at: MediaTime(seconds: 20)) }
            #expect(seen.time == MediaTime(seconds: 20))
        }
    }
}
