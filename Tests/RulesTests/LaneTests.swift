import Foundation
import Rules
import Scene
import Testing

/// Whether a zone is taken for a part of a traffic lane shows in whether a line there is held.
@Suite struct LaneTests {
    private func isLane(_ travellers: [Traveller], lineAt shift: Double = 0) -> Bool {
        let line = Lane.line(until: 150).map { car in
            car.changed { car in
                for index in car.points.indices { car.points[index].second += shift }
            }
        }
        let opened = Lane.opened(travellers + line, until: 160 + shift)
        #expect(opened.count == 0 || opened.count == 3)
        return opened.isEmpty
    }

    private func drives(
        _ id: Int,
        _ start: (Double, Double),
        _ end: (Double, Double),
        at second: Double,
        change: (inout Traveller) -> Void = { _ in }
    ) -> Traveller {
        Traveller(
            id: 900 + id,
            points: [
                Traveller.Point(second: second, x: start.0, y: start.1),
                Traveller.Point(second: second + 6, x: end.0, y: end.1),
            ]
        )
        .changed(change)
    }

    private func many(_ make: (Int, Double) -> Traveller) -> [Traveller] {
        (0..<8).map { make($0, 10 * Double($0)) }
    }

    @Test("Four vehicles that drove through within ten minutes make a lane, three do not")
    func count() {
        #expect(isLane(Array(Lane.flow.prefix(4))))
        #expect(!isLane(Array(Lane.flow.prefix(3))))
        #expect(isLane(Lane.flow, lineAt: 470))
        #expect(!isLane(Lane.flow, lineAt: 600))
    }

    @Test("Traffic beside the zone, or over its corner, makes none")
    func beside() {
        #expect(!isLane(many { drives($0, (0.05, 0.8), (0.95, 0.8), at: $1) }))
        #expect(!isLane(many { drives($0, (0.6, 0.95), (0.95, 0.6), at: $1) }))
        #expect(isLane(many { drives($0, (0.05, 0.55), (0.95, 0.65), at: $1) }))
    }

    @Test("People who walk through make none, vehicles of any vehicle's class do")
    func classes() {
        func lane(_ objectClass: ObjectClass, width: Double = 0.08) -> Bool {
            isLane(
                many { id, second in
                    drives(id, (0.05, 0.6), (0.95, 0.6), at: second) {
                        $0.objectClass = objectClass
                        $0.width = width
                    }
                }
            )
        }
        #expect(!lane(.person))
        #expect(!lane(.animal))
        #expect(lane(.vehicle))
        #expect(lane(.twoWheeler, width: 0.03))
        #expect(lane(.unknown))
        #expect(!lane(.unknown, width: 0.03))
    }

    @Test("Cars that come to park in the zone, and leave, make none")
    func parking() {
        let parkers = many { id, second in
            Traveller(
                id: 900 + id,
                points: [
                    Traveller.Point(second: second, x: 0.6, y: 0.9),
                    Traveller.Point(second: second + 2, x: 0.6, y: 0.6),
                    Traveller.Point(second: second + 5, x: 0.6, y: 0.6),
                    Traveller.Point(second: second + 7, x: 0.6, y: 0.9),
                ]
            )
        }
        #expect(!isLane(parkers))
    }

    @Test("Something tossed about on one spot makes none")
    func tossed() {
        let branch = Traveller(
            id: 900,
            points: (0..<150).map { index in
                Traveller.Point(
                    second: Double(index) / 2,
                    x: 0.35 + (index % 2 == 0 ? 0.06 : -0.1),
                    y: 0.6
                )
            }
        )
        #expect(!isLane([branch]))
    }

    @Test("Traffic that is first seen inside, or is lost at the picture's edge, makes a lane")
    func pictureEdge() {
        func lane(from start: (Double, Double), to end: (Double, Double)) -> Bool {
            var rule = Lane.rule()
            rule.polygon.corners[0].x = 0
            rule.polygon.corners[3].x = 0
            let flow = many { drives($0, start, end, at: $1) }
            return Lane.opened(flow + Lane.line(until: 150), rule, until: 160).isEmpty
        }
        #expect(lane(from: (0.3, 0.6), to: (0.9, 0.6)))
        #expect(lane(from: (0.9, 0.6), to: (0.04, 0.6)))
        #expect(!lane(from: (0.9, 0.6), to: (0.3, 0.6)))
    }

    @Test("Fast vehicles that are seen in few places make a lane")
    func fast() {
        let fast = (0..<4).map { index in
            Traveller(
                id: 900 + index,
                points: [
                    Traveller.Point(second: 10 * Double(index), x: 0.05, y: 0.6),
                    Traveller.Point(second: 10 * Double(index) + 1.5, x: 0.95, y: 0.6),
                ]
            )
        }
        #expect(isLane(fast))
    }

    @Test("Encoded in mid-queue and decoded, the rules go on as they would have")
    func checkpoint() throws {
        var travellers = Lane.flow + Lane.line(until: 140)
        travellers[6] = .stops(1, x: 0.6, from: 100)
        let frames = Lane.frames(travellers, until: 160)
        let instant = Instant(microseconds: 0)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var whole = CameraRules(rules: [Lane.rule()])
        var expected: [Incident] = []
        for frame in frames { expected += whole.step(frame, at: instant) }
        #expect(expected.count == 1)
        for cut in stride(from: 3, to: frames.count, by: 7) {
            var camera = CameraRules(rules: [Lane.rule()])
            var events: [Incident] = []
            for (index, frame) in frames.enumerated() {
                if index == cut {
                    let data = try encoder.encode(camera)
                    camera = try JSONDecoder().decode(CameraRules.self, from: data)
                    #expect(try encoder.encode(camera) == data)
                }
                events += camera.step(frame, at: instant)
            }
            #expect(events == expected)
            #expect(camera == whole)
        }
    }

    @Test("What is remembered of traffic stays small however much there is")
    func bounded() throws {
        var camera = CameraRules(rules: [Lane.rule()])
        for second in 0..<40 {
            let crowd = (0..<300).map { index in
                Traveller(
                    id: 1000 * second + index,
                    points: [
                        Traveller.Point(second: Double(second), x: 0.05, y: 0.6),
                        Traveller.Point(second: Double(second) + 3, x: 0.95, y: 0.6),
                    ]
                )
                .observation(at: Double(second) + 0.5)
            }
            let time = MediaTime(seconds: Double(second))
            let frame = FrameObservations(time: time, objects: crowd.compactMap { $0 })
            _ = camera.step(frame, at: Instant(microseconds: 0))
        }
        #expect(try JSONEncoder().encode(camera).count < 40_000)
    }
}
