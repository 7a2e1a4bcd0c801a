import Rules
import Scene
import Testing

@Suite struct IdentityTests {
    private let rule = Street.rule(.noParking, dwell: 2, rearm: 4)

    @Test("A new id for the car that stands there goes on with its incident")
    func idSwitch() {
        let outcome = Outcome(
            rule,
            Row("PPPPPP........", id: 1),
            Row("......PPPPP...", id: 2, since: 0)
        )
        #expect(outcome.line == "....A...U.....")
        #expect(outcome.events.map(\.number) == [1, 1])
        #expect(outcome.events.map(\.object.id.rawValue) == [1, 2])
    }

    @Test("An incident whose begin is only a bound stays so under a new id")
    func boundStays() {
        let outcome = Outcome(
            rule,
            Row("PPPPPP........", id: 1, presentAtStart: true),
            Row("......PPPPP...", id: 2, since: 0)
        )
        #expect(outcome.line == "....A...U.....")
        #expect(outcome.events.map(\.object.presentAtStart) == [true, true])
    }

    @Test("A new id that comes a moment later still goes on with the incident")
    func lateIdSwitch() {
        let outcome = Outcome(
            rule,
            Row("PPPPPP..........", id: 1),
            Row(".........PPP....", id: 2, since: 3)
        )
        #expect(outcome.line == "....A....U......")
    }

    @Test("A car that takes the place of one that left is a new incident")
    func swap() {
        let outcome = Outcome(
            rule,
            Row("PPPPPP............", id: 1),
            Row(".........PPPPPPPPP", id: 2)
        )
        #expect(outcome.line == "....A.....C..A...U")
        #expect(outcome.events.map(\.number) == [1, 1, 2, 2])
        #expect(outcome.events[2].startedAt == MediaTime(seconds: 4.5))
    }

    @Test("A new id elsewhere in the zone is another car")
    func elsewhere() {
        let outcome = Outcome(
            rule,
            Row("PPPPPP........", id: 1),
            Row("......PPPP....", id: 2, since: 0, box: Street.elsewhere)
        )
        #expect(outcome.line == "....A.A.U.C...")
        #expect(outcome.events.map(\.number) == [1, 2, 2, 1])
    }

    @Test("Two overlapping cars that are both reported are two incidents")
    func neighbours() {
        var neighbour = Street.inside
        neighbour.x += 0.02
        let outcome = Outcome(
            rule,
            Row("PPPPPP", id: 1),
            Row("PPPPPP", id: 2, box: neighbour)
        )
        #expect(outcome.line == "....2.")
        #expect(outcome.events.map(\.object.id.rawValue) == [1, 2])
        #expect(outcome.events.map(\.number) == [1, 2])
    }

    @Test("An id that the detector held beside the old one takes over when the old one goes")
    func doubleDetection() {
        let outcome = Outcome(
            rule,
            Row("PPPPPP........", id: 1),
            Row("....PPPPP.....", id: 2)
        )
        #expect(outcome.line == "....A...U....C")
        #expect(outcome.events.map(\.number) == [1, 1, 1])
    }

    @Test("The best overlap inherits where several could")
    func bestHeir() {
        var near = Street.inside
        near.x += 0.005
        var far = Street.inside
        far.x += 0.03
        let outcome = Outcome(
            rule,
            Row("PPPPP....", id: 1),
            Row(".....PPPP", id: 2, since: 0, box: far),
            Row(".....PPPP", id: 3, since: 0, box: near)
        )
        #expect(outcome.events.map(\.number) == [1, 2, 1, 2])
        #expect(outcome.events.map(\.object.id.rawValue) == [1, 2, 3, 2])
    }

    @Test("A thing that is found again under a new id after its incident closed waits to re-arm")
    func foundAgain() {
        let outcome = Outcome(
            Street.rule(dwell: 2, rearm: 8),
            Row("PPPPPP..................", id: 1),
            Row("............PPPPPPPPPPPP", id: 2, since: 0)
        )
        #expect(outcome.line == "....A.....C...........A.")
        #expect(outcome.events.map(\.number) == [1, 1, 2])
    }
}
