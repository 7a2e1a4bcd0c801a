import Scene
import Testing

@testable import Detection

/// Whom the tracker takes for whom; bodies are 36 rows high.
@Suite struct TrackerTests {
    /// Two who walk towards each other along one row and pass.
    static func crossing(_ one: Appearance?, _ other: Appearance?, _ speed: Double) -> Stage {
        Stage(actors: [
            Stage.walker(one, from: 40, speed: speed),
            Stage.walker(other, from: 280, speed: -speed, y: 122),
        ])
    }

    @Test(
        "Two who pass each other keep their numbers, of different and of like colour",
        arguments: [5.0, 10.0],
        [12.0, 24.0, 40.0]
    )
    func crosses(rate: Double, speed: Double) throws {
        for (one, other) in [(Stage.red, Stage.blue), (Stage.grey, Stage.grey)] {
            var stage = Self.crossing(one, other, speed)
            stage.rate = rate
            let story = try stage.play(240 / speed)
            #expect(story.switches == 0, "\(one == other ? "like" : "different")")
            #expect(story.given == 2)
        }
    }

    /// Two who meet, stand together for a time, and go back the way they came.
    static func meeting(_ one: Appearance?, _ other: Appearance?, standing: Double) -> Stage {
        func way(_ time: Double) -> Double {
            time < 5 ? time * 20 : time < 5 + standing ? 100 : 100 - (time - 5 - standing) * 20
        }
        return Stage(actors: [
            Stage.Actor(look: one) { (50 + way($0), 120) },
            Stage.Actor(look: other) { (260 - way($0), 121) },
        ])
    }

    @Test("Two who meet and part the way they came are told apart by their look")
    func meets() throws {
        var stage = Self.meeting(Stage.red, Stage.blue, standing: 7)
        #expect(try stage.play(17).switches == 0)
        #expect(try stage.play(17).given == 2)
        stage.means.remove(.groups)
        #expect(try stage.play(17).switches > 0)
    }

    /// Two who come together from above and below, walk on together, and part to the sides they
    /// came from, though they were on the way past each other.
    static var strolling: Stage {
        func apart(_ time: Double) -> Double { 14 * (time < 4 ? 4 - time : max(0, time - 8)) }
        return Stage(actors: [
            Stage.Actor(look: Stage.red) { (102 + 15 * $0, 100 - apart($0)) },
            Stage.Actor(look: Stage.blue) { (98 + 15 * $0, 102 + apart($0)) },
        ])
    }

    @Test("Two who walk together for a while and part get their numbers back by their look")
    func strolls() throws {
        var stage = Self.strolling
        #expect(try stage.play(11).switches == 0)
        stage.means.remove(.look)
        #expect(try stage.play(11).switches > 0)
    }

    @Test("Who overtakes another is followed behind them for longer than anybody unseen")
    func overtakes() throws {
        var stage = Stage(actors: [
            Stage.walker(Stage.red, from: 40, speed: 20),
            Stage.walker(Stage.blue, from: 68, speed: 16, y: 121),
        ])
        #expect(try stage.play(16).switches == 0)
        stage.means.remove(.groups)
        #expect(try stage.play(16).switches > 0)
    }

    @Test(
        "Of a group that comes in as one and parts, one keeps the number",
        arguments: [5.0, 10.0]
    )
    func parts(rate: Double) throws {
        func apart(_ time: Double) -> Double { max(0, time - 4) * 9 }
        var stage = Stage(actors: [
            Stage.Actor(look: Stage.red) { (20 + 20 * $0, 120 - apart($0) / 2) },
            Stage.Actor(look: Stage.blue) { (31 + 20 * $0 + apart($0), 121) },
        ])
        stage.rate = rate
        let story = try stage.play(10)
        #expect(story.switches == 0)
        #expect(story.given == 2)
    }

    @Test("Who waits behind a post is found where they were lost")
    func waits() throws {
        let post = PixelBox(x: 195, y: 60, width: 20, height: 70)
        var stage = Stage(actors: [
            Stage.Actor(look: Stage.red) { time in
                (time < 5 ? 40 + 32 * time : 200 + max(0, time - 6.6) * 32, 120)
            }
        ])
        stage.posts = [post]
        stage.rate = 10
        #expect(try stage.play(10).given == 1)
        stage.means.remove(.recovery)
        #expect(try stage.play(10).given > 1)
    }

    @Test("Who is hidden for three seconds is recognised by the look", arguments: [5.0, 10.0])
    func recognises(rate: Double) throws {
        var stage = Stage(actors: [
            Stage.Actor(look: Stage.red) { time in
                let isHidden = time > 4 && time < 7
                return isHidden ? nil : (time <= 4 ? 40 + 20 * time : 150 + 20 * (time - 7), 120)
            }
        ])
        stage.rate = rate
        #expect(try stage.play(10).given == 1)
        stage.means.remove(.memory)
        #expect(try stage.play(10).given == 2)
        stage.means = .all
        stage.actors.append(
            Stage.Actor(look: Stage.blue) { $0 < 7 ? nil : (150 + 20 * ($0 - 7), 120) }
        )
        stage.actors[0].feet = { $0 < 4 ? (40 + 20 * $0, 120) : nil }
        #expect(try stage.play(10).given == 2, "somebody else comes up there")
    }

    @Test("Who is only faintly seen for a while keeps the number")
    func fades() throws {
        var stage = Stage(actors: [
            Stage.Actor(
                look: nil,
                feet: { (40 + 20 * $0, 120) },
                isFaint: { $0 > 4 && $0 < 8 }
            )
        ])
        #expect(try stage.play(11).given == 1)
        stage.means.remove(.weakBlobs)
        #expect(try stage.play(11).given == 2)
    }

    @Test("Of two candidates as near, the one straight on is taken")
    func direction() throws {
        var stage = Stage(actors: [
            Stage.Actor { time in
                let isHidden = time > 3.9 && time < 4.5
                return isHidden ? nil : (time < 4 ? 40 + 15 * time : 130 + 15 * (time - 4.6), 120)
            },
            Stage.Actor { time in time < 4.5 ? nil : (91 - 15 * (time - 4.6), 120) },
        ])
        #expect(try stage.play(8).switches == 0)
        stage.means.remove(.direction)
        #expect(try stage.play(8).switches > 0)
    }

    @Test("After a gap the speed is that of the way in the gap")
    func updatesBack() throws {
        func speed(_ means: Tracker.Means) throws -> Double {
            var stage = Stage(actors: [
                Stage.Actor(look: Stage.red) { time in
                    let isHidden = time > 3.9 && time < 5.5
                    return isHidden
                        ? nil : (40 + (time < 4 ? 30 * time : 120 + 12 * (time - 4)), 120)
                }
            ])
            stage.means = means
            return try stage.play(5.8).tracker.tracks[0].motion.x.velocity
        }
        let (with, without) = (try speed(.all), try speed(.all.subtracting(.updateBack)))
        #expect(abs(with - 12) < 4)
        #expect(abs(without - 12) > 1.5 * abs(with - 12))
    }

    @Test("A swimmer who stands up keeps the number where the scale is known")
    func standsUp() throws {
        func swims(_ time: Double) -> Bool { Int(time * 5) / 5 % 2 == 0 }
        var stage = Stage(actors: [
            Stage.Actor(look: nil, width: 8, height: 6) { swims($0) ? (60 + 9 * $0, 100) : nil },
            Stage.Actor(look: nil, width: 12, height: 30) { swims($0) ? nil : (60 + 9 * $0, 124) },
        ])
        #expect(try stage.play(6).given == 1)
        stage.scale = nil
        #expect(try stage.play(6).given > 1)
    }

    @Test("What jumps is not taken to run faster than people do")
    func limitsSpeed() throws {
        func fastest(_ scale: PersonScale?) throws -> Double {
            var fastest = 0.0
            var stage = Stage(actors: [
                Stage.Actor(look: nil) { (60 + ($0 < 3 ? 0 : 24 * (1 + ($0 - 3) * 10)), 120) }
            ])
            stage.scale = scale
            stage.rate = 10
            _ = try stage.play(4) { tracker, _ in
                fastest = tracker.tracks.map(\.motion.speed).reduce(fastest, max)
            }
            return fastest
        }
        #expect(try fastest(PersonScale(slope: 0, intercept: 0.2)) <= 6.01 * 36)
        #expect(try fastest(nil) > 6.01 * 36)
    }

    @Test("Dropped frames cost nobody their number", arguments: 1...6)
    func drops(seed: Int) throws {
        var stage = Self.crossing(Stage.red, Stage.blue, 24)
        stage.rate = 10
        stage.dropped = Set((0..<100).filter { Street.hash($0, seed, 3) % 3 == 0 })
        let story = try stage.play(10)
        #expect(story.switches == 0)
        #expect(story.given == 2)
    }

    @Test("A tracker that is kept and read again goes on as it would have")
    func restores() throws {
        var stage = Self.strolling
        let plain = try stage.play(11)
        stage.restored = 30
        let restored = try stage.play(11)
        #expect(plain.numbers == restored.numbers)
        #expect(plain.tracker == restored.tracker)
    }

    @Test("The path on the ground stays small and spans the whole way")
    func path() throws {
        let stage = Stage(actors: [Stage.walker(Stage.red, from: 20, speed: 9)])
        let track = try #require(try stage.play(48).tracker.tracks.first)
        let points = track.ground.points
        #expect(points.count <= GroundPath.most && points.count >= GroundPath.most / 2)
        #expect(zip(points, points.dropFirst()).allSatisfy { $0.time < $1.time })
        #expect(points.first?.time == .zero)
        #expect((points.last?.place.x ?? 0) > 0.85)
        #expect(abs(track.ground.bodyLengths - 9 * 48 / 36) < 1.5)
        #expect(abs(track.bodyLengthsPerSecond - 0.25) < 0.05)
    }

    @Test("A track tells whether it left, went behind something, joined others, or just ended")
    func hiding() throws {
        let leaving = Stage(actors: [
            Stage.Actor(look: Stage.red) { $0 < 4 ? (90 - 25 * $0, 120) : nil }
        ])
        #expect(try leaving.play(5).tracker.tracks.first?.hiding == .edge)
        var behind = Stage(actors: [
            Stage.Actor(look: Stage.red) { $0 < 4 ? (90 + 25 * $0, 120) : nil }
        ])
        #expect(try behind.play(5).tracker.tracks.first?.hiding == .open)
        behind.standing = [PixelBox(x: 185, y: 80, width: 60, height: 60)]
        #expect(try behind.play(5).tracker.tracks.first?.hiding == .object)
        let together = Self.meeting(Stage.red, Stage.blue, standing: 3)
        #expect(try together.play(7).tracker.tracks.count { $0.hiding == .group } == 1)
        let ended = try leaving.play(10).tracker
        #expect(ended.tracks.isEmpty)
        #expect(ended.endings.map(\.hiding) == [.edge])
    }
}
