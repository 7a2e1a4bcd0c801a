import Site
import Testing

@Suite struct ShapeTests {
    static func zone(_ polygon: String) -> String {
        """
        \(Samples.head)
              - id: kerb
                kind: no_parking
                polygon: \(polygon)
        """
    }

    static let polygons: [Mistake] = [
        Mistake(
            zone("[[0.1, 0.1], [0.9, 0.1]]"),
            "8:18: cameras[0].zones[0].polygon: has 2 corners and needs at least 3"
        ),
        Mistake(
            zone("[[0.1, 0.1], [1.2, 0.1], [0.5, 0.9]]"),
            "8:32: cameras[0].zones[0].polygon[1][0]: \"1.2\" is out of range; write 0 to 1"
        ),
        Mistake(
            zone("[[0.1, 0.1], [0.9], [0.5, 0.9]]"),
            "8:31: cameras[0].zones[0].polygon[1]: has 1 numbers and needs at least 2"
        ),
        Mistake(
            zone("[[0.1, 0.1], [0.9, 0.9], [0.9, 0.1], [0.1, 0.9]]"),
            "8:18: cameras[0].zones[0].polygon: crosses itself: the edge of corners 0-1 meets the "
                + "edge of corners 2-3, counted from 0; list the corners in order around the zone"
        ),
        Mistake(
            zone("[[0.1, 0.1], [0.9, 0.1], [0.5, 0.9], [0.1, 0.1]]"),
            "8:18: cameras[0].zones[0].polygon: ends with its first corner; "
                + "leave the last corner out: the last one joins the first by itself"
        ),
        Mistake(
            zone("[[0.1, 0.1], [0.9, 0.1], [0.9, 0.1], [0.5, 0.9]]"),
            "8:18: cameras[0].zones[0].polygon: has the corner 1 again as corner 2; remove one"
        ),
        Mistake(
            zone("[[0.1, 0.1], [0.12, 0.1], [0.1, 0.12]]"),
            "8:18: cameras[0].zones[0].polygon: covers 0.0002 of the picture; draw at least "
                + "0.0005: corners are shares of the picture, 0 to 1"
        ),
        Mistake(
            zone("0.1"),
            "8:18: cameras[0].zones[0].polygon: \"0.1\" stands here where a list of corners "
                + "is expected"
        ),
    ]

    @Test("A polygon that cannot be meant is reported", arguments: polygons)
    func reports(mistake: Mistake) {
        #expect(Samples.reports(mistake.text) == [mistake.report])
    }

    @Test("A U with level tips is a polygon like any other")
    func levelTips() {
        let corners = "[[0.1, 0.1], [0.2, 0.1], [0.2, 0.8], [0.8, 0.8], [0.8, 0.1], [0.9, 0.1], "
        #expect(Samples.reports(Self.zone(corners + "[0.9, 0.9], [0.1, 0.9]]")) == [])
    }

    @Test("Too many corners are reported and not looked at")
    func tooMany() {
        let corners = (0..<100).map { "[0.\($0), 0.5]" }.joined(separator: ", ")
        let found = Samples.diagnostics(Self.zone("[\(corners)]"))
        #expect(found.map(\.message) == ["has 100 corners and needs at most 64"])
    }
}
