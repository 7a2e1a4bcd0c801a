internal import Scene

/// How tall somebody is when all of them is seen, to know where their feet are when these are lost.
///
/// Trousers look like the ground for a moment, and the rest of the person seems to stand farther
/// off: beyond a zone's border. Only where the scale is known.
struct Stature: Hashable, Codable {
    /// Height over that of a person who stood there; 0 while it is not known.
    private var height = 0.0
    /// When they were last seen whole, and the row below their feet.
    private var wholeAt: MediaTime?
    private var feet = 0

    /// Whoever is seen to that share of their height is seen whole, and not below the other.
    private static let (whole, cut) = (0.88, 0.8)
    /// So long after that feet are looked for where they must be: who wades in loses them for good.
    private static let patience = MediaSpan.seconds(1.5)

    /// Takes in a box that is theirs alone.
    mutating func note(_ box: PixelBox, person: Double?, at time: MediaTime) {
        guard let person else { return }
        let now = Double(box.height) / person
        guard now >= 0.4 && now <= 1.3 else { return }
        height += (now - height) * (now > height ? 0.25 : 1 / 64)
        if now >= Self.whole * height {
            wholeAt = time
            feet = box.maxY
        }
    }

    /// A box down to the feet.
    ///
    /// - Parameters:
    ///   - box: what is seen.
    ///   - time: when.
    ///   - rows: height of the picture.
    ///   - person: how tall a person looks who stands in a box.
    /// - Returns: the box itself where it is whole, or they were not seen whole of late.
    func whole(
        _ box: PixelBox,
        at time: MediaTime,
        rows: Int,
        person: (PixelBox) -> Double?
    ) -> PixelBox {
        guard let wholeAt, time - wholeAt <= Self.patience, let seen = person(box),
            Double(box.height) < Self.cut * height * seen
        else { return box }
        var whole = box
        whole.height = max(1, feet - box.y)
        // The feet from the head: the height depends on the row of the feet.
        for _ in 0..<4 {
            guard let there = person(whole) else { return box }
            whole.height = max(1, min(rows - whole.y, Int((height * there).rounded())))
        }
        let isNear = abs(Double(whole.maxY - feet)) <= 0.25 * Double(whole.height)
        return isNear && whole.maxY > box.maxY ? whole : box
    }
}
