import Scene
import Testing

@Suite struct PersonScaleTests {
    @Test("Two heights at two rows give the height at every row, and none above the horizon")
    func line() throws {
        let near = PersonScale.Reference(y: 0.9, height: 0.4)
        let far = PersonScale.Reference(y: 0.4, height: 0.1)
        let scale = try #require(PersonScale(near, far))
        #expect(abs(scale.height(atRow: 0.9) - 0.4) < 1e-12)
        #expect(abs(scale.height(atRow: 0.65) - 0.25) < 1e-12)
        #expect(scale.height(atRow: 0.1) == 0)
        #expect(PersonScale(far, near) == scale)
    }

    @Test("References that cannot be right give no scale")
    func impossible() {
        let low = PersonScale.Reference(y: 0.9, height: 0.1)
        let high = PersonScale.Reference(y: 0.4, height: 0.4)
        #expect(PersonScale(low, high) == nil)
        #expect(PersonScale(low, PersonScale.Reference(y: 0.88, height: 0.1)) == nil)
        #expect(PersonScale(low, PersonScale.Reference(y: 0.2, height: 0)) == nil)
    }
}
