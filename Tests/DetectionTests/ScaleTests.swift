import Imaging
import Scene
import Testing

@testable import Detection

@Suite struct ScaleTests {
    static let truth = PersonScale(slope: 0.42, intercept: -0.04)

    /// A learner that has seen people on rows of a span, with heights that vary by 8 % each way;
    /// every so many-th of them is something else.
    private static func learned(
        rows: ClosedRange<Double>,
        people: Int = 600,
        wrong: Int = .max,
        factor: Double = 1
    ) -> ScaleLearner {
        var learner = ScaleLearner(given: nil)
        for index in 0..<people {
            let share = Double(Street.hash(index, 1, 4) % 1000) / 1000
            let row = rows.lowerBound + share * (rows.upperBound - rows.lowerBound)
            let sway = 0.92 + 0.16 * Double(Street.hash(index, 2, 4) % 1000) / 1000
            let odd = index % wrong == wrong - 1 ? factor : 1
            learner.add(height: truth.height(atRow: row) * sway * odd, atRow: row)
        }
        return learner
    }

    private static func worst(_ scale: PersonScale, _ rows: ClosedRange<Double>) -> Double {
        stride(from: rows.lowerBound, through: rows.upperBound, by: 0.05).map {
            abs(scale.height(atRow: $0) / truth.height(atRow: $0) - 1)
        }.max() ?? 0
    }

    @Test("People of all rows give their scale to a tenth")
    func learns() throws {
        let scale = try #require(Self.learned(rows: 0.3...0.98).scale)
        #expect(Self.worst(scale, 0.35...0.95) < 0.1)
    }

    @Test("One in six that is no person does not move the scale far", arguments: [0.5, 2.5])
    func outliers(factor: Double) throws {
        let learner = Self.learned(rows: 0.3...0.98, wrong: 6, factor: factor)
        let scale = try #require(learner.scale)
        #expect(Self.worst(scale, 0.35...0.95) < 0.15)
    }

    @Test("People on too few rows, or too few of them, give no scale")
    func tooFew() {
        #expect(Self.learned(rows: 0.6...0.74).scale == nil)
        #expect(Self.learned(rows: 0.3...0.98, people: 20).scale == nil)
        #expect(ScaleLearner(given: nil).scale == nil)
    }

    @Test("Heights that lie on no line, or shrink towards the camera, give no scale")
    func noLine() {
        var (bent, falling) = (ScaleLearner(given: nil), ScaleLearner(given: nil))
        for index in 0..<600 {
            let row = 0.3 + 0.65 * Double(index % 60) / 60
            bent.add(height: index % 60 < 30 ? 0.3 : 0.05, atRow: row)
            falling.add(height: 0.5 - 0.4 * row, atRow: row)
        }
        #expect(bent.scale == nil)
        #expect(falling.scale == nil)
    }

    @Test("A scale that was measured stays, whoever walks through")
    func given() {
        let given = PersonScale(slope: 0.1, intercept: 0.1)
        var learner = ScaleLearner(given: given)
        for index in 0..<600 {
            learner.add(height: 0.3, atRow: 0.2 + 0.7 * Double(index % 50) / 50)
        }
        #expect(learner.scale == given)
    }

    @Test("Heights and rows that cannot be are passed over")
    func impossible() {
        var learner = ScaleLearner(given: nil)
        for _ in 0..<100 {
            learner.add(height: 0, atRow: 0.5)
            learner.add(height: -1, atRow: 0.5)
            learner.add(height: 0.2, atRow: -0.1)
            learner.add(height: 0.2, atRow: 1)
        }
        #expect(learner == ScaleLearner(given: nil))
    }

    @Test("Heights by row are those of the scale in pixels, and nil where nothing is known")
    func heights() throws {
        let heights = PersonHeights(Self.truth, rows: 200)
        let low = try #require(heights.expected(at: PixelBox(x: 0, y: 120, width: 9, height: 40)))
        #expect(abs(low - 200 * Self.truth.height(atRow: 0.8)) < 0.5)
        let lowest = heights.expected(at: PixelBox(x: 0, y: 150, width: 9, height: 90))
        #expect(lowest == heights.expected(at: PixelBox(x: 0, y: 150, width: 9, height: 50)))
        #expect(heights.expected(at: PixelBox(x: 0, y: 10, width: 9, height: 10)) == nil)
        let box = PixelBox(x: 0, y: 120, width: 9, height: 40)
        #expect(PersonHeights(nil, rows: 200).expected(at: box) == nil)
    }

    @Test("Those who walk through a street give its scale")
    func walkers() throws {
        var learned: PersonScale?
        _ = Street.film(seconds: 75, on: Street()) { time in
            // One after the other on five rows, twice as tall in front as at the back.
            let (turn, x) = (Int(time / 5), Int(time.truncatingRemainder(dividingBy: 5) * 66) - 10)
            let foot = 80 + 20 * (turn % 5)
            let height = foot * 2 / 5
            let box = PixelBox(x: x, y: foot - height, width: height * 2 / 5, height: height)
            return Shot(turn == 0 ? [] : [Street.Thing(box: box, level: 20, seed: turn)])
        } look: { detector, _ in
            learned = detector.checkpoint().scene?.learner.scale ?? learned
        }
        let scale = try #require(learned)
        for row in [0.5, 0.7, 0.85] {
            #expect(abs(scale.height(atRow: row) / (0.4 * row) - 1) < 0.12)
        }
    }

    private static func seen(_ box: PixelBox, scale: PersonScale?) -> Set<ObjectID> {
        Street.film(seconds: 20, on: Street(), options: DetectorOptions(scale: scale)) { time in
            Shot(time < 6 ? [] : [Street.Thing(box: box, level: 20, seed: 3)])
        }.everStood
    }

    @Test("A thing of a size that nothing there can have does not stand")
    func gated() {
        let thing = PixelBox(x: 150, y: 90, width: 12, height: 12)
        let wide = PixelBox(x: 40, y: 60, width: 200, height: 50)
        let near = PersonScale(slope: 0, intercept: 0.9)
        let far = PersonScale(slope: 0, intercept: 0.08)
        #expect(Self.seen(thing, scale: nil).count == 1)
        #expect(Self.seen(thing, scale: far).count == 1)
        #expect(Self.seen(thing, scale: near).isEmpty)
        #expect(Self.seen(wide, scale: nil).count == 1)
        #expect(Self.seen(wide, scale: far).isEmpty)
    }
}
