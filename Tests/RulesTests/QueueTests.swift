import Rules
import Scene
import Testing

@Suite struct QueueTests {
    @Test("A line at a red light in a traffic lane that flows on alerts nothing")
    func redLight() {
        #expect(Lane.opened(Lane.flow + Lane.line(until: 150)) == [])
        #expect(
            Lane.opened(Lane.flow + Lane.line(until: 150), Lane.rule(kind: .fireLane)) == []
        )
    }

    @Test("The same line alerts where no traffic was seen, and where queues do not count")
    func noLane() {
        let alerts = ["1@110", "2@113", "3@117"]
        #expect(Lane.opened(Lane.line(until: 150)) == alerts)
        #expect(Lane.opened(Lane.flow + Lane.line(until: 150), Lane.rule(.off)) == alerts)
    }

    @Test("Switched on, lines are looked for where no traffic was seen")
    func switchedOn() {
        #expect(Lane.opened(Lane.line(until: 150), Lane.rule(.on)) == [])
    }

    @Test("Kinds that know no lines look for none", arguments: [ZoneKind.roadOccupation])
    func otherKinds(kind: ZoneKind) {
        let opened = Lane.opened(Lane.flow + Lane.line(until: 150), Lane.rule(.on, kind: kind))
        #expect(opened == ["1@110", "2@113", "3@117"])
        #expect(QueueHandling.usual(kind).mode == .off)
        #expect(
            ZoneRule.init(id: ZoneID(rawValue: "a"), kind: kind, polygon: Lane.zone).queue.mode
                == .off
        )
    }

    @Test("Who stays when the line has flowed on is reported, with its true stop")
    func stays() {
        var travellers = Lane.flow + Lane.line(until: 140)
        travellers[6] = .stops(1, x: 0.6, from: 100)
        var camera = CameraRules(rules: [Lane.rule()])
        var events: [Incident] = []
        for frame in Lane.frames(travellers, until: 200) {
            events += camera.step(frame, at: Instant(microseconds: 0))
        }
        #expect(events.first?.object.id.rawValue == 1)
        #expect(events.first?.startedAt == MediaTime(seconds: 100))
        let time = events.first?.time.seconds ?? 0
        #expect((141...152).contains(time), "reported at \(time)")
        #expect(events.allSatisfy { $0.number == 1 })
    }

    @Test("A line that does not move is reported when the patience is over")
    func patience() {
        let opened = Lane.opened(Lane.flow + Lane.line(until: .infinity))
        #expect(opened == ["1@170", "2@173", "3@177"])
    }

    @Test("A single stopped vehicle, and one with a single neighbour, is reported in time")
    func alone() {
        let line = Lane.line(until: 250)
        #expect(Lane.opened(Lane.flow + line.prefix(1)) == ["1@110"])
        #expect(Lane.opened(Lane.flow + line.prefix(2)) == ["1@110", "2@113"])
    }

    @Test("A vehicle that breaks down between parked ones is reported in time")
    func brokenDown() {
        let travellers = [
            Traveller.stops(1, x: 0.6, from: 62), .stops(2, x: 0.5, from: 150),
            .stops(3, x: 0.4, from: 95),
        ]
        #expect(Lane.opened(Lane.flow + travellers) == ["1@72", "3@105", "2@160"])
    }

    @Test("A parked car that a queue forms behind is reported in time, and the queue is not")
    func parkedBefore() {
        var line = Lane.line(until: 150)
        line.append(.stops(4, x: 0.3, from: 110, to: 156))
        let parked = Traveller.stops(9, x: 0.68, from: 70)
        #expect(Lane.opened(Lane.flow + line + [parked], until: 160) == ["9@80"])
        let late = Traveller.stops(9, x: 0.68, from: 78)
        #expect(Lane.opened(Lane.flow + line + [late], until: 160) == ["9@88"])
    }

    @Test("Cars that park side by side within seconds are no line along the lane")
    func sideBySide() {
        let bays = (0..<4).map { index in
            Traveller.stops(
                index + 1,
                x: 0.5,
                y: 0.45 + 0.08 * Double(index),
                from: 100 + 3 * Double(index)
            )
            .changed { $0.height = 0.07 }
        }
        #expect(Lane.opened(Lane.flow + bays) == ["2@113", "3@116", "4@119"])
        #expect(Lane.opened(bays, Lane.rule(.on), until: 160) == [])
    }

    @Test("Hidden vehicles and those outside the zone count in the line")
    func hiddenAndOutside() {
        let hidden = Lane.line(until: 150).map { car in
            car.changed { if $0.id != 2 { $0.hidden = 105...149 } }
        }
        #expect(Lane.opened(Lane.flow + hidden) == [])
        let outside = [
            Traveller.stops(1, x: 0.82, from: 100, to: 150),
            .stops(2, x: 0.72, from: 103, to: 152), .stops(3, x: 0.62, from: 107, to: 154),
        ]
        #expect(Lane.opened(Lane.flow + outside) == [])
    }

    @Test("A line goes around a bend")
    func bend() {
        let line = [
            Traveller.stops(1, x: 0.66, y: 0.52, from: 100, to: 150),
            .stops(2, x: 0.58, y: 0.56, from: 103, to: 152),
            .stops(3, x: 0.48, y: 0.58, from: 107, to: 154),
        ]
        #expect(Lane.opened(Lane.flow + line) == [])
    }

    @Test("One object in three parts, which stopped at once, is no line")
    func parts() {
        let parts = Lane.line(until: 150).map { car in
            Traveller.stops(car.id, x: 0.7 - 0.1 * Double(car.id), from: 100)
        }
        #expect(Lane.opened(Lane.flow + parts) == ["1@110", "2@110", "3@110"])
        let nested = Lane.line(until: .infinity).map { car in
            Traveller.stops(car.id, x: 0.5 + 0.002 * Double(car.id), from: 100 + 2 * Double(car.id))
        }
        #expect(Lane.opened(Lane.flow + nested) == ["1@112", "2@114", "3@116"])
    }

    @Test("What was there when the stream began makes no line: nobody knows when it stopped")
    func presentAtStart() {
        let line = Lane.line(until: .infinity).map { $0.changed { $0.presentAtStart = true } }
        #expect(Lane.opened(Lane.flow + line) == ["1@110", "2@113", "3@117"])
    }

    @Test("People who stand in a row, and goods, are no line")
    func people() {
        for objectClass in [ObjectClass.person, .object] {
            let line = Lane.line(until: .infinity)
                .map { car in car.changed { if $0.id > 1 { $0.objectClass = objectClass } } }
            #expect(Lane.opened(Lane.flow + line).first == "1@110")
        }
    }
}
