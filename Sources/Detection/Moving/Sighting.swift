internal import Scene

/// A moving region as the tracker takes it in.
struct Sighting: Hashable {
    /// Where, in pixels of the analysis picture.
    var box: PixelBox
    /// Whether it may start a track.
    var isStrong: Bool
    /// What it looks like, where it is large enough to tell.
    var look: Appearance?
}

/// What the tracker knows of the view.
struct Surroundings {
    /// Columns and rows of the analysis picture.
    var width: Int
    var height: Int
    /// How tall people look.
    var people: PersonHeights
    /// Boxes of things that stand and are seen.
    var standing: [PixelBox] = []

    /// Height of a person whose feet are where a box ends, where that is known and the box is no
    /// larger than a person may be.
    func personHeight(at box: PixelBox) -> Double? {
        guard let expected = people.expected(at: box) else { return nil }
        let isPersonSized =
            Double(box.height) <= 1.6 * expected && Double(box.width) <= 1.6 * expected
        return isPersonSized ? expected : nil
    }

    /// Whether a box ends at the edge of the picture.
    func touchesEdge(_ box: PixelBox) -> Bool {
        box.x <= 1 || box.y <= 1 || box.maxX >= width - 1 || box.maxY >= height - 1
    }
}
