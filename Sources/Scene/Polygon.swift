/// A simple polygon in normalised picture coordinates; the last corner joins the first.
public struct Polygon: Hashable, Sendable, Codable {
    /// Corners in order, at least three.
    public var corners: [NormalizedPoint]

    /// A polygon with these corners in order.
    public init(_ corners: [NormalizedPoint]) {
        self.corners = corners
    }

    /// Share of the picture's area inside, by the shoelace formula; meaningless where the polygon
    /// crosses itself.
    public var area: Double {
        var sum = 0.0
        var previous = corners.last ?? NormalizedPoint(x: 0, y: 0)
        for corner in corners {
            sum += previous.x * corner.y - corner.x * previous.y
            previous = corner
        }
        return abs(sum) / 2
    }

    /// Smallest upright box around the corners; without size for an empty polygon.
    public var bounds: NormalizedBox {
        guard let first = corners.first else {
            return NormalizedBox(x: 0, y: 0, width: 0, height: 0)
        }
        var (left, top, right, bottom) = (first.x, first.y, first.x, first.y)
        for corner in corners {
            left = min(left, corner.x)
            right = max(right, corner.x)
            top = min(top, corner.y)
            bottom = max(bottom, corner.y)
        }
        return NormalizedBox(x: left, y: top, width: right - left, height: bottom - top)
    }

    /// Whether the point lies inside, by the even-odd rule, in O(corners).
    public func contains(_ point: NormalizedPoint) -> Bool {
        var inside = false
        var previous = corners.last ?? point
        for corner in corners {
            if (corner.y > point.y) != (previous.y > point.y) {
                let slope = (previous.x - corner.x) / (previous.y - corner.y)
                if point.x < corner.x + slope * (point.y - corner.y) {
                    inside.toggle()
                }
            }
            previous = corner
        }
        return inside
    }

    /// Share of the box that lies inside the polygon, 0 to 1.
    ///
    /// Sampled on a 16 by 16 grid of cell centres, so it is exact to about 1/256 and the same on
    /// every machine.
    public func share(of box: NormalizedBox) -> Double {
        guard box.width > 0, box.height > 0 else { return contains(box.center) ? 1 : 0 }
        let cells = 16
        var inside = 0
        for row in 0..<cells {
            for column in 0..<cells {
                let point = NormalizedPoint(
                    x: box.x + box.width * (Double(column) + 0.5) / Double(cells),
                    y: box.y + box.height * (Double(row) + 0.5) / Double(cells)
                )
                if contains(point) { inside += 1 }
            }
        }
        return Double(inside) / Double(cells * cells)
    }

    /// The first two edges that cross each other, as indices of their first corners, or nil for a
    /// simple polygon, in O(corners squared).
    public var selfIntersection: (Int, Int)? {
        let count = corners.count
        guard count > 3 else { return nil }
        for first in 0..<count {
            for second in (first + 1)..<count {
                let adjacent = second == first + 1 || (first == 0 && second == count - 1)
                if adjacent { continue }
                if Self.cross(
                    corners[first],
                    corners[(first + 1) % count],
                    corners[second],
                    corners[(second + 1) % count]
                ) {
                    return (first, second)
                }
            }
        }
        return nil
    }

    private static func cross(
        _ a: NormalizedPoint,
        _ b: NormalizedPoint,
        _ c: NormalizedPoint,
        _ d: NormalizedPoint
    ) -> Bool {
        // Edges on one line have no sides to tell them apart, so first they must come near.
        guard
            max(min(a.x, b.x), min(c.x, d.x)) <= min(max(a.x, b.x), max(c.x, d.x)),
            max(min(a.y, b.y), min(c.y, d.y)) <= min(max(a.y, b.y), max(c.y, d.y))
        else { return false }
        func side(_ p: NormalizedPoint, _ q: NormalizedPoint, _ r: NormalizedPoint) -> Double {
            (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)
        }
        // Edges on one line pass the test of sides wherever they lie: their extents must meet too.
        let meet =
            max(min(a.x, b.x), min(c.x, d.x)) <= min(max(a.x, b.x), max(c.x, d.x))
            && max(min(a.y, b.y), min(c.y, d.y)) <= min(max(a.y, b.y), max(c.y, d.y))
        return meet && side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0
    }
}
