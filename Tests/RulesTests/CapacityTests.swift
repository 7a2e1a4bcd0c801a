import Rules
import Scene
import Testing

@Suite struct CapacityTests {
    private func object(_ id: Int, since: Double, _ objectClass: ObjectClass) -> Observation {
        Observation(
            id: ObjectID(rawValue: id),
            mobility: objectClass == .person ? .moving : .static,
            box: NormalizedBox(
                x: 0.02 * Double(id % 20),
                y: 0.04 * Double(id / 20 % 20),
                width: 0.01,
                height: 0.02
            ),
            since: MediaTime(seconds: since),
            classification: Classification(objectClass, confidence: 1)
        )
    }

    private func step(
        _ camera: inout CameraRules,
        _ seconds: Double,
        _ objects: [Observation]
    ) -> [Incident] {
        let frame = FrameObservations(time: MediaTime(seconds: seconds), objects: objects)
        return camera.step(frame, at: Instant(microseconds: 0))
    }

    @Test("A full zone keeps what has stood longest and counts what it turned away")
    func longestStays() {
        var camera = CameraRules(rules: [Street.rule(dwell: 400)])
        // Later ids stopped earlier, so they push out the first ones.
        let objects = (0..<300).map { object($0, since: -Double($0), .vehicle) }
        _ = step(&camera, 0, objects)
        #expect(camera.turnedAway == 44)
        let events = step(&camera, 600, objects)
        #expect(events.count == 256)
        #expect(events.map(\.object.id.rawValue) == Array(44..<300))
    }

    @Test("A full zone never lets an open incident go")
    func openStays() {
        var camera = CameraRules(rules: [Street.rule(dwell: 10)])
        let first = (0..<256).map { object($0, since: 0, .vehicle) }
        _ = step(&camera, 5, first)
        #expect(step(&camera, 10, first).count == 256)
        let older = (256..<300).map { object($0, since: -500, .vehicle) }
        #expect(step(&camera, 11, first + older).isEmpty)
        #expect(camera.openIncidents.map(\.object.id.rawValue) == Array(0..<256))
        #expect(camera.turnedAway == 44)
    }

    @Test("What waits to re-arm goes before what stands")
    func leftGoesFirst() {
        var camera = CameraRules(rules: [Street.rule(dwell: 2, rearm: 100)])
        let leaving = [object(0, since: 0, .vehicle)]
        #expect(step(&camera, 2, leaving).count == 1)
        _ = step(&camera, 3, [])
        #expect(step(&camera, 5, []).map(\.phase) == [.closed])
        let crowd = (1..<257).map { object($0, since: 5, .vehicle) }
        _ = step(&camera, 6, crowd)
        #expect(step(&camera, 8, crowd).count == 256)
        #expect(camera.turnedAway == 1)
    }

    @Test("A full bank turns newcomers away and counts them")
    func people() {
        var camera = CameraRules(rules: [Street.rule(.waterDanger, dwell: 2)])
        let crowd = (0..<300).map { object($0, since: 0, .person) }
        _ = step(&camera, 0, crowd)
        #expect(camera.turnedAway == 44)
        #expect(step(&camera, 2, crowd).count == 256)
    }
}
