import Rules
import Scene
import Testing

/// The zone is the left half of the picture.
@Suite struct AnchorTests {
    private func alerts(_ rule: ZoneRule, _ box: NormalizedBox) -> Bool {
        let objectClass: ObjectClass = rule.kind == .waterDanger ? .person : .vehicle
        let script = rule.kind == .waterDanger ? "IIIIII" : "PPPPPP"
        return !Outcome(rule, Row(script, objectClass: objectClass, box: box)).events.isEmpty
    }

    @Test("A thing stands in the zone by half of its lower part")
    func groundStrip() {
        let rule = Street.rule()
        #expect(alerts(rule, NormalizedBox(x: 0.4, y: 0.4, width: 0.2, height: 0.2)))
        #expect(!alerts(rule, NormalizedBox(x: 0.41, y: 0.4, width: 0.2, height: 0.2)))
    }

    @Test("A tall thing whose head is over the zone does not stand in it")
    func headOnly() {
        let rule = Street.rule {
            $0.polygon = Polygon([
                NormalizedPoint(x: 0, y: 0), NormalizedPoint(x: 1, y: 0),
                NormalizedPoint(x: 1, y: 0.5), NormalizedPoint(x: 0, y: 0.5),
            ])
        }
        #expect(!alerts(rule, NormalizedBox(x: 0.4, y: 0, width: 0.1, height: 0.8)))
        #expect(alerts(rule, NormalizedBox(x: 0.4, y: 0.1, width: 0.1, height: 0.4)))
    }

    @Test("A third of the lower part is enough where the ground contact is in the zone")
    func groundContact() {
        // A lane narrower than the lorry that stands on it.
        let rule = Street.rule {
            $0.polygon = Polygon([
                NormalizedPoint(x: 0.4, y: 0), NormalizedPoint(x: 0.5, y: 0),
                NormalizedPoint(x: 0.5, y: 1), NormalizedPoint(x: 0.4, y: 1),
            ])
        }
        #expect(alerts(rule, NormalizedBox(x: 0.31, y: 0.4, width: 0.3, height: 0.2)))
        #expect(!alerts(rule, NormalizedBox(x: 0.38, y: 0.4, width: 0.3, height: 0.2)))
        #expect(!alerts(rule, NormalizedBox(x: 0.25, y: 0.4, width: 0.4, height: 0.2)))
    }

    @Test("A person is where the feet are")
    func feet() {
        let rule = Street.rule(.waterDanger)
        #expect(alerts(rule, NormalizedBox(x: 0.44, y: 0.4, width: 0.1, height: 0.3)))
        #expect(!alerts(rule, NormalizedBox(x: 0.46, y: 0.4, width: 0.1, height: 0.3)))
        // Feet on the picture's lower edge are still inside.
        #expect(alerts(rule, NormalizedBox(x: 0.2, y: 0.7, width: 0.1, height: 0.3)))
    }

    @Test("An overlap anchor asks for that share of the whole box", arguments: ZoneKind.allCases)
    func overlap(kind: ZoneKind) {
        let rule = Street.rule(kind) {
            $0.anchor = .overlap(0.75)
            $0.classes = [.vehicle, .person]
        }
        #expect(alerts(rule, NormalizedBox(x: 0.35, y: 0.4, width: 0.2, height: 0.2)))
        #expect(!alerts(rule, NormalizedBox(x: 0.37, y: 0.4, width: 0.2, height: 0.2)))
    }

    @Test("An overlap anchor lets go below six tenths of its share")
    func overlapHysteresis() {
        // The edge has three eighths inside.
        let tight = Street.rule { $0.anchor = .overlap(0.65) }
        #expect(Outcome(tight, "PPPPPEEEEEEE").line == "....A....C..")
        let loose = Street.rule { $0.anchor = .overlap(0.6) }
        #expect(Outcome(loose, "PPPPPEEEEEEE").line == "....A...U...")
    }
}
