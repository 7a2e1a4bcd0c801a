internal import Scene

extension Form<Polygon> {
    /// Smallest area of a zone, in shares of the picture: about 21 pixels square at 640 by 360.
    private static var minimumArea: Double { 0.0005 }

    /// Corners in order around the zone, which must not cross itself nor be tiny.
    static var polygon: Form {
        Form<[NormalizedPoint]>.list(of: .corner, count: 3...64, "corners")
            .map { Polygon($0) }
            .checked { polygon, _ in repetition(polygon) ?? crossing(polygon) ?? size(polygon) }
    }

    private static func repetition(_ polygon: Polygon) -> Problem? {
        let corners = polygon.corners
        for index in corners.indices {
            let next = (index + 1) % corners.count
            guard corners[index] == corners[next] else { continue }
            guard next == 0 else {
                return Problem("has the corner \(index) again as corner \(next)", "remove one")
            }
            return Problem(
                "ends with its first corner",
                "leave the last corner out: the last one joins the first by itself"
            )
        }
        return nil
    }

    private static func crossing(_ polygon: Polygon) -> Problem? {
        polygon.selfIntersection.map { first, second in
            let count = polygon.corners.count
            func edge(_ start: Int) -> String { "\(start)-\((start + 1) % count)" }
            return Problem(
                "crosses itself: the edge of corners \(edge(first)) meets the edge of corners "
                    + "\(edge(second)), counted from 0",
                "list the corners in order around the zone"
            )
        }
    }

    private static func size(_ polygon: Polygon) -> Problem? {
        guard polygon.area < minimumArea else { return nil }
        let area = (polygon.area * 1e6).rounded() / 1e6
        return Problem(
            "covers \(area) of the picture",
            "draw at least \(minimumArea): corners are shares of the picture, 0 to 1"
        )
    }
}

extension Form<NormalizedPoint> {
    /// `[x, y]`, shares of the picture's width and height from its left top corner.
    static var corner: Form {
        Form<[Double]>.list(of: .number(0...1), count: 2...2, "numbers")
            .map { NormalizedPoint(x: $0[0], y: $0[1]) }
    }
}
