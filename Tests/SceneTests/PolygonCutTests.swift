import Scene
import Testing

@Suite struct PolygonCutTests {
    private func points(_ list: [(Double, Double)]) -> [NormalizedPoint] {
        list.map { NormalizedPoint(x: $0.0, y: $0.1) }
    }

    private func square() -> Polygon {
        Polygon(points([(0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)]))
    }

    private func areas(_ line: [(Double, Double)], of polygon: Polygon) throws -> [Double] {
        try polygon.cut(along: points(line)).parts.map { ($0.area * 1e6).rounded() / 1e6 }.sorted()
    }

    private func failure(
        _ line: [(Double, Double)],
        of polygon: Polygon
    ) -> PolygonCut.Failure? {
        do throws(PolygonCut.Failure) {
            _ = try polygon.cut(along: points(line))
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "A line from border to border cuts in two parts that make the whole, whichever way it runs"
    )
    func cuts() throws {
        #expect(try areas([(0, 0.3), (1, 0.3)], of: square()) == [0.16, 0.48])
        #expect(try areas([(1, 0.3), (0, 0.3)], of: square()) == [0.16, 0.48])
        #expect(try areas([(0.3, 0), (0.3, 0.5), (0, 0.5)], of: square()) == [0.08, 0.56])
        #expect(try areas([(0.05, 0.05), (0.95, 0.95)], of: square()) == [0.32, 0.32])
    }

    @Test("A line within one edge cuts a notch off")
    func notch() throws {
        let line = [(0.3, 0.0), (0.3, 0.2), (0.6, 0.2), (0.6, 0.0)]
        #expect(try areas(line, of: square()) == [0.03, 0.61])
        #expect(try areas(line.reversed(), of: square()) == [0.03, 0.61])
    }

    @Test("Ends on the border, on corners, or just within it are drawn on to it")
    func ends() throws {
        #expect(try areas([(0.1, 0.5), (0.9, 0.5)], of: square()) == [0.32, 0.32])
        #expect(try areas([(0.1, 0.1), (0.9, 0.9)], of: square()) == [0.32, 0.32])
        #expect(try areas([(0.12, 0.5), (0.89, 0.5)], of: square()) == [0.32, 0.32])
        let whole = Polygon(points([(0, 0), (1, 0), (1, 1), (0, 1)]))
        #expect(try areas([(0, 0.25), (0.5, 0.25), (1, 0.25)], of: whole) == [0.25, 0.75])
    }

    @Test("A point of the line on the border counts once")
    func pointOnBorder() throws {
        #expect(try areas([(0, 0.5), (0.1, 0.5), (0.9, 0.5), (1, 0.5)], of: square()).count == 2)
        #expect(try areas([(0, 0.5), (0, 0.5), (1, 0.5)], of: square()) == [0.32, 0.32])
    }

    @Test("Every straight line through a square leaves its area whole")
    func everyAngle() throws {
        for step in 0..<97 {
            let share = (Double(step) + 0.5) / 97
            let line = points([(share, -0.2), (1 - share, 1.2)])
            let parts = try square().cut(along: line).parts
            #expect(abs(parts[0].area + parts[1].area - 0.64) < 1e-9)
            #expect(parts.allSatisfy { $0.selfIntersection == nil })
        }
    }

    @Test("What does not cut in two is refused with the reason")
    func refused() {
        #expect(failure([(0.5, 0.5)], of: square()) == .tooShort)
        #expect(failure([(0.5, 0.5), (0.5, 0.5)], of: square()) == .tooShort)
        #expect(failure([(0, 0.05), (1, 0.05)], of: square()) == .outside)
        #expect(failure([(0.5, 0.5), (1, 0.5)], of: square()) == .endInside(0))
        #expect(failure([(0, 0.5), (0.5, 0.5)], of: square()) == .endInside(1))
        let bent = [(0.0, 0.5), (0.5, 0.5), (0.5, 1.0), (0.7, 1.0), (0.7, 0.5), (1.0, 0.5)]
        #expect(failure(bent, of: square()) == .meetings(4))
        let loop = [(0.0, 0.5), (0.6, 0.5), (0.6, 0.3), (0.4, 0.3), (0.4, 0.7), (1.0, 0.7)]
        #expect(failure(loop, of: square()) == .tangled)
        #expect(failure([(0.1, 0.1), (0.9, 0.1)], of: square()) != nil)
    }

    @Test("A point within reach of the border counts as inside, further out it does not")
    func near() {
        #expect(square().contains(NormalizedPoint(x: 0.5, y: 0.5), within: 0))
        #expect(square().contains(NormalizedPoint(x: 0.91, y: 0.5), within: 0.02))
        #expect(!square().contains(NormalizedPoint(x: 0.93, y: 0.5), within: 0.02))
    }
}
