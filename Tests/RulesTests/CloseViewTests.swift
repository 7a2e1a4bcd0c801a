import Rules
import Scene
import Testing

/// Zones that are looked at through a finer view.
@Suite struct CloseViewTests {
    private static let near = ZoneID(rawValue: "near")
    private static let far = ZoneID(rawValue: "far")

    private static func rules(_ kind: ZoneKind = .noParking) -> CameraRules {
        CameraRules(rules: [Street.rule(kind, id: "near"), Street.rule(kind, id: "far")])
    }

    /// What opens when the whole picture shows one thing and the far zone's view another.
    private static func opened(
        _ rows: [Row],
        view: [Row],
        kind: ZoneKind = .noParking,
        zone: ZoneID = far
    ) -> [Incident] {
        var camera = rules(kind)
        var events: [Incident] = []
        for (frame, close) in zip(frames(rows), frames(view)) {
            var frame = frame
            frame.closeViews = [
                ZoneView(zone: zone, objects: close.objects, isBlind: close.isBlind)
            ]
            events += camera.step(frame, at: Instant(microseconds: frame.time.microseconds))
        }
        return events
    }

    @Test("A zone with a close view is judged by it alone, every other by the whole picture")
    func alone() {
        let seen = Self.opened([Row("PPPPPPPP", id: 4)], view: [Row("........")])
        #expect(seen.map(\.zone) == [Self.near])
        let close = Self.opened([Row("........")], view: [Row("PPPPPPPP", id: 9)])
        #expect(close.map(\.zone) == [Self.far])
        #expect(close.map(\.object.id) == [ObjectID(rawValue: 9)])
    }

    @Test("Each zone tells of the object that its own view shows")
    func both() {
        let events = Self.opened([Row("PPPPPPPP", id: 4)], view: [Row("PPPPPPPP", id: 9)])
        #expect(events.map(\.zone) == [Self.near, Self.far])
        #expect(events.map(\.object.id.rawValue) == [4, 9])
    }

    @Test("People in the water are judged by the close view as well")
    func presence() {
        let walker = Row("IIIIIIII", id: 3, objectClass: .person)
        let close = Self.opened([Row("........")], view: [walker], kind: .waterDanger)
        #expect(close.map(\.zone) == [Self.far])
        let whole = Self.opened([walker], view: [Row("........")], kind: .waterDanger)
        #expect(whole.map(\.zone) == [Self.near])
    }

    @Test("A view of a zone that nobody watches changes nothing")
    func unknownZone() {
        let other = ZoneID(rawValue: "elsewhere")
        let events = Self.opened([Row("PPPPPPPP")], view: [Row("........")], zone: other)
        #expect(events.map(\.zone) == [Self.near, Self.far])
    }

    @Test("A blind view decides nothing in its zone, and a blind picture nothing anywhere")
    func blind() {
        let standing = Row("PPPPPPPP", id: 4)
        let view = Self.opened([standing], view: [Row("bbbbbbbb", id: 9)])
        #expect(view.map(\.zone) == [Self.near])
        let whole = Self.opened([Row("bbbbbbbb", id: 4)], view: [Row("PPPPPPPP", id: 9)])
        #expect(whole.isEmpty)
    }

    @Test("A zone goes back to the whole picture when its view ends")
    func ends() {
        var camera = Self.rules()
        var events: [Incident] = []
        for (index, frame) in frames([Row("PPPPPPPPPPPP", id: 4)]).enumerated() {
            var frame = frame
            if index < 6 { frame.closeViews = [ZoneView(zone: Self.far, objects: [])] }
            events += camera.step(frame, at: Instant(microseconds: frame.time.microseconds))
        }
        #expect(events.filter { $0.phase == .opened }.map(\.zone) == [Self.near, Self.far])
        #expect(events.last { $0.phase == .opened }?.time == MediaTime(seconds: 3))
    }

    @Test("Objects of a view count once, in whatever order they come")
    func unique() {
        var (first, second) = (Self.rules(), Self.rules())
        let rows = [Row("PPPPPPPP", id: 7), Row(".PPPPPPP", id: 2, box: Street.elsewhere)]
        for frame in frames(rows) {
            var (forward, backward) = (frame, frame)
            forward.closeViews = [ZoneView(zone: Self.far, objects: frame.objects)]
            let doubled = Array((frame.objects + frame.objects).reversed())
            backward.closeViews = [ZoneView(zone: Self.far, objects: doubled)]
            let instant = Instant(microseconds: 0)
            #expect(first.step(forward, at: instant) == second.step(backward, at: instant))
        }
        #expect(first == second)
    }
}
