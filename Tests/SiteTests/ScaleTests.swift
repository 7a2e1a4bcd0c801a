import Scene
import Site
import Testing

@Suite struct ScaleTests {
    static let mistakes: [Mistake] = [
        Mistake(
            Samples.camera("scale: [{y: 0.9, height: 0.4}]"),
            "5:12: cameras[0].scale: has 1 reference heights and needs at least 2"
        ),
        Mistake(
            Samples.camera("scale: {y: 0.9, height: 0.4}"),
            "5:12: cameras[0].scale: keys with values stand here where a list of reference heights "
                + "is expected"
        ),
        Mistake(
            Samples.camera("scale: [{y: 0.9, height: 0.4}, {y: 1.4, height: 0.1}]"),
            "5:40: cameras[0].scale[1].y: \"1.4\" is out of range; write 0 to 1"
        ),
        Mistake(
            Samples.camera("scale: [{y: 0.9, height: 0.4}, {y: 0.4, height: 0}]"),
            "5:53: cameras[0].scale[1].height: \"0\" is out of range; write 0.005 to 2"
        ),
        Mistake(
            Samples.camera("scale: [{y: 0.9, height: 0.4}, {y: 0.4}]"),
            "5:36: cameras[0].scale[1].height: is missing; write height: 0.35"
        ),
        Mistake(
            Samples.camera("scale: [{y: 0.9, height: 0.4}, {y: 0.88, height: 0.39}]"),
            "5:12: cameras[0].scale: has both heights at nearly the same place: y 0.88 and y 0.9; "
                + "measure at two rows that are 0.05 apart or more, better at 0.4 and 0.9"
        ),
        Mistake(
            Samples.camera("scale: [{y: 0.9, height: 0.1}, {y: 0.4, height: 0.4}]"),
            "5:12: cameras[0].scale: lets people grow with the distance: height 0.4 at y 0.4, and "
                + "0.1 further down at y 0.9; y is the row of the feet, 0 at the top; "
                + "who stands further down looks taller"
        ),
    ]

    @Test("Reference heights that cannot be right are reported", arguments: mistakes)
    func reports(mistake: Mistake) {
        #expect(Samples.reports(mistake.text) == [mistake.report])
    }

    @Test("Reference heights stand in any order, and may be equal where all look as tall")
    func order() throws {
        func scale(_ text: String) throws -> PersonScale? {
            try Samples.site(Samples.camera("scale: \(text)")).cameras[0].scale
        }
        let pair = try scale("[{y: 0.4, height: 0.1}, {y: 0.9, height: 0.4}]")
        #expect(try scale("[{y: 0.9, height: 0.4}, {y: 0.4, height: 0.1}]") == pair)
        #expect(try scale("[{y: 0.9, height: 0.2}, {y: 0.4, height: 0.2}]")?.slope == 0)
    }
}
