/// Two parts of a polygon, on either side of a line across it.
public struct PolygonCut: Hashable, Sendable {
    /// Why a line does not cut a polygon in two.
    public enum Failure: Error, Hashable, Sendable {
        /// It has fewer than two different points.
        case tooShort
        /// It lies outside, from its first point to its last.
        case outside
        /// Its first (0) or last (1) end lies inside, away from the border.
        case endInside(Int)
        /// It meets the border that many times instead of twice.
        case meetings(Int)
        /// It crosses itself, or runs along the border.
        case tangled
    }

    /// The two parts, in no order that means anything.
    public let parts: [Polygon]
    /// The line within the polygon, from border to border.
    public let line: [NormalizedPoint]
}

extension Polygon {
    /// How far from the border the end of a line may be to count as on it, in shares of the
    /// picture: drawn by hand, ends are rarely on it to the pixel.
    private static let reach = 0.03

    /// A place where a line meets the border.
    private struct Meeting {
        let point: NormalizedPoint
        /// The edge, by its first corner, and how far along it: 2.25 is a quarter along the third.
        let border: Double
        /// The same along the line.
        let line: Double
    }

    /// Cuts the polygon in two along a line of points.
    ///
    /// Ends that lie inside, but near the border, are drawn on to it. The line must come in once
    /// and go out once.
    public func cut(along points: [NormalizedPoint]) throws(PolygonCut.Failure) -> PolygonCut {
        var line: [NormalizedPoint] = []
        for point in points where !(line.last?.isNear(point) ?? false) { line.append(point) }
        guard line.count >= 2 else { throw .tooShort }
        line[0] = try drawnOn(line[0], from: line[1], end: 0)
        let last = line.count - 1
        line[last] = try drawnOn(line[last], from: line[last - 1], end: 1)
        let meetings = meetings(with: line)
        guard !meetings.isEmpty else { throw .outside }
        guard meetings.count == 2 else { throw .meetings(meetings.count) }
        let (entry, exit) = (meetings[0], meetings[1])
        let first = Int(entry.line.rounded(.down)) + 1
        let end = Int(exit.line.rounded(.up))
        let inner = first < end ? Array(line[first..<end]) : []
        let way = [entry.point] + inner + [exit.point]
        let parts = [
            Polygon(way + corners(after: exit.border, upTo: entry.border)),
            Polygon(way.reversed() + corners(after: entry.border, upTo: exit.border)),
        ]
        .map(\.withoutRepetition)
        let isWhole = parts.allSatisfy { part in
            part.corners.count >= 3 && part.area > 1e-6 && part.selfIntersection == nil
        }
        guard isWhole else { throw .tangled }
        return PolygonCut(parts: parts, line: way)
    }

    /// An end of a line, drawn on over the border where it lies inside near it.
    private func drawnOn(
        _ point: NormalizedPoint,
        from before: NormalizedPoint,
        end: Int
    ) throws(PolygonCut.Failure) -> NormalizedPoint {
        let isOnBorder = nearestBorder(point) < 1e-9
        guard contains(point) || isOnBorder else { return point }
        let (dx, dy) = (point.x - before.x, point.y - before.y)
        let length = (dx * dx + dy * dy).squareRoot()
        let longer = NormalizedPoint(
            x: point.x + dx / length * Self.reach,
            y: point.y + dy / length * Self.reach
        )
        if !contains(longer) { return longer }
        guard isOnBorder else { throw .endInside(end) }
        return point
    }

    /// Whether the point lies inside, or at most that far outside in shares of the picture.
    public func contains(_ point: NormalizedPoint, within tolerance: Double) -> Bool {
        contains(point) || nearestBorder(point) <= tolerance
    }

    private func nearestBorder(_ point: NormalizedPoint) -> Double {
        var nearest = Double.infinity
        var previous = corners.last ?? point
        for corner in corners {
            nearest = min(nearest, point.distance(from: previous, to: corner))
            previous = corner
        }
        return nearest
    }

    /// Where a line meets the border, in the line's order; a corner that it passes counts once.
    private func meetings(with line: [NormalizedPoint]) -> [Meeting] {
        var found: [Meeting] = []
        for step in line.indices.dropLast() {
            for edge in corners.indices {
                let next = corners[(edge + 1) % corners.count]
                guard
                    let shares = Self.crossing(line[step], line[step + 1], corners[edge], next)
                else { continue }
                let point = NormalizedPoint(
                    x: corners[edge].x + (next.x - corners[edge].x) * shares.second,
                    y: corners[edge].y + (next.y - corners[edge].y) * shares.second
                )
                found.append(
                    Meeting(
                        point: point,
                        border: Double(edge) + shares.second,
                        line: Double(step) + shares.first
                    )
                )
            }
        }
        found.sort { $0.line < $1.line }
        var distinct: [Meeting] = []
        for meeting in found {
            if let last = distinct.last, last.point.isNear(meeting.point) { continue }
            distinct.append(meeting)
        }
        return distinct
    }

    /// Where two straight lines meet, in shares of each; nil where they do not, or are parallel.
    private static func crossing(
        _ a: NormalizedPoint,
        _ b: NormalizedPoint,
        _ c: NormalizedPoint,
        _ d: NormalizedPoint
    ) -> (first: Double, second: Double)? {
        let (ux, uy) = (b.x - a.x, b.y - a.y)
        let (vx, vy) = (d.x - c.x, d.y - c.y)
        let denominator = ux * vy - uy * vx
        guard abs(denominator) > 1e-12 else { return nil }
        let first = ((c.x - a.x) * vy - (c.y - a.y) * vx) / denominator
        let second = ((c.x - a.x) * uy - (c.y - a.y) * ux) / denominator
        guard (0...1).contains(first), (0...1).contains(second) else { return nil }
        return (first, second)
    }

    /// The corners that one passes from one place on the border forward to another.
    private func corners(after start: Double, upTo end: Double) -> [NormalizedPoint] {
        let count = corners.count
        let first = Int(start.rounded(.down)) + 1
        var steps = Int(end.rounded(.down)) - first + 1
        if steps < 0 || (steps == 0 && end < start) { steps += count }
        return (0..<max(0, steps)).map { corners[(first + $0) % count] }
    }

    private var withoutRepetition: Polygon {
        var kept: [NormalizedPoint] = []
        for corner in corners where !(kept.last?.isNear(corner) ?? false) { kept.append(corner) }
        if let first = kept.first, kept.count > 1, kept[kept.count - 1].isNear(first) {
            kept.removeLast()
        }
        return Polygon(kept)
    }
}

extension NormalizedPoint {
    /// The shortest way to a straight line between two points, in shares of the picture; x counts
    /// as much as y.
    fileprivate func distance(from start: NormalizedPoint, to end: NormalizedPoint) -> Double {
        let (dx, dy) = (end.x - start.x, end.y - start.y)
        let length = dx * dx + dy * dy
        let share = length > 0 ? ((x - start.x) * dx + (y - start.y) * dy) / length : 0
        let along = min(1, max(0, share))
        let (ax, ay) = (x - start.x - dx * along, y - start.y - dy * along)
        return (ax * ax + ay * ay).squareRoot()
    }

    /// Whether two points are the same but for rounding.
    fileprivate func isNear(_ other: NormalizedPoint) -> Bool {
        abs(x - other.x) < 1e-7 && abs(y - other.y) < 1e-7
    }
}
