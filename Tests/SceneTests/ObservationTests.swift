import Foundation
import Scene
import Testing

@Suite struct ObservationTests {
    private let observation = Observation(
        id: ObjectID(rawValue: 3),
        mobility: .static,
        box: NormalizedBox(x: 0.1, y: 0.2, width: 0.3, height: 0.4),
        since: MediaTime(seconds: 5),
        classification: Classification(.twoWheeler, confidence: 0.876_54),
        confidence: 0.123_45
    )

    @Test("Confidences are hundredths")
    func hundredths() {
        #expect(observation.classification.confidence == 0.88)
        #expect(observation.confidence == 0.12)
    }

    @Test("A frame of observations survives encoding")
    func encoding() throws {
        let frame = FrameObservations(
            time: MediaTime(seconds: 7),
            objects: [observation],
            isBlind: true
        )
        let data = try JSONEncoder().encode(frame)
        #expect(try JSONDecoder().decode(FrameObservations.self, from: data) == frame)
    }

    @Test("An incident lasts from its start to its event")
    func dwell() {
        let incident = Incident(
            number: 1,
            revision: 1,
            phase: .opened,
            zone: ZoneID(rawValue: "gate"),
            kind: .fireLane,
            severity: .critical,
            object: observation,
            startedAt: MediaTime(seconds: 5),
            time: MediaTime(seconds: 35)
        )
        #expect(incident.dwell == .seconds(30))
    }

    @Test("Severities rise from information to critical")
    func severities() {
        #expect(Severity.allCases == Severity.allCases.sorted())
        #expect(Severity.info < .warning && Severity.warning < .critical)
    }

    @Test("Words of the contract are written as the site file writes them")
    func words() {
        let kinds = ["no_parking", "fire_lane", "road_occupation", "water_danger"]
        #expect(ZoneKind.allCases.map(\.rawValue) == kinds)
        #expect(ObjectClass.twoWheeler.rawValue == "two_wheeler")
    }
}
