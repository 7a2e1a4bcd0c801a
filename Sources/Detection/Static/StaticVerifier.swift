internal import Imaging
internal import Scene

/// Tells a real object from a ghost that an object left behind in the background, and from light.
struct StaticVerifier {
    /// What a static blob turned out to be.
    enum Verdict: Hashable {
        /// Something stands here that did not before.
        case object
        /// What stood here before has gone.
        case ghost
        /// Only the light changed.
        case light
        /// Not told yet; a later look may.
        case unclear
    }

    /// What the figures are held against, in their units.
    enum Limit {
        /// Correlation, deviation in the background and texture support of a mere change of light.
        static let alike = 80
        static let structured = 5
        static let untouched = 40
        /// Texture kept from which, and support below which, something is but shaded or lit.
        static let kept = 35
        static let keptSupport = 80
        /// Least support and fill, greatest share of the picture.
        static let support = 8
        static let fill = 12
        static let share = 40
        /// Least fill of what takes a hundredth of the picture at least: lit windows at dusk and
        /// leaves are scattered over much of it.
        static let scatteredFill = 18
        /// Present over past in tenths, with the contour that goes with it: of what is plainly an
        /// object, of what has a strong contour, and at most of a ghost.
        static let plain = 16
        static let plainContour = 8
        static let outlined = 11
        static let outlinedContour = 16
        static let ghost = 6
        static let ghostContour = 8
    }

    /// The figures behind a verdict.
    struct Findings: Hashable {
        /// Mean step across the contour in the present picture, in levels.
        var contourNow = 0
        /// The same in the background.
        var contourThen = 0
        /// Correlation of present and background inside, in hundredths, -100 to 100.
        var correlation = 0
        /// Standard deviation inside, now and in the background, in levels.
        var deviationNow = 0
        var deviationThen = 0
        /// Share of pixels with changed texture or strong chroma change, in hundredths.
        var support = 0
        /// How the inside's levels differ from those of the surroundings, now and in the
        /// background: half the sum of differences of two histograms, in hundredths.
        var contrastNow = 0
        var contrastThen = 0
        /// Change just inside the contour over mean change inside, in hundredths: near 100 for a
        /// solid thing, low for a glow or a soft shadow that fades towards its edge.
        var sharpness = 0
        /// Share of textured tiles inside that keep the texture of the background, in hundredths:
        /// high under a shadow or a glow; 0 where there are too few such tiles to tell.
        var persistence = 0
        /// Share of the box that the blob fills, in hundredths.
        var fill = 0
        /// Share of the picture that the box takes, in hundredths.
        var share = 0
        /// The conclusion.
        var verdict = Verdict.object

        /// How much the present picture has of an object in edge and contrast, and the background.
        var present: Int { (contourNow + 4) * (contrastNow + 10) }
        var past: Int { (contourThen + 4) * (contrastThen + 10) }

        /// Whether the inside is the background's pattern at another brightness.
        var repeatsBackground: Bool {
            correlation >= Limit.alike && deviationThen >= Limit.structured
                && support < Limit.untouched
        }

        /// Whether too much of the background's texture is kept for a thing that covers it.
        var keepsTexture: Bool {
            persistence >= Limit.kept && support < Limit.keptSupport
        }

        /// Share of its box that it must fill, in hundredths.
        var leastFill: Int { share >= 1 ? Limit.scatteredFill : Limit.fill }

        /// Whether it is plainly more of an object than the background.
        var isPlain: Bool {
            present * 10 >= past * Limit.plain && contourNow >= Limit.plainContour
        }

        /// Whether it is somewhat more of an object and has a strong contour of its own.
        var isOutlined: Bool {
            contourNow >= 2 * contourThen && contourNow >= Limit.outlinedContour
                && present * 10 >= past * Limit.outlined
        }

        /// Whether the background is more of an object, and had the contour.
        var isLeftBehind: Bool {
            present * 10 <= past * Limit.ghost && contourThen >= Limit.ghostContour
                && contourThen * 10 >= contourNow * 11
        }

        /// Whether the present picture has at least nearly as much of an object as the background.
        var standsOut: Bool {
            present * 100 >= past * 85
                || (contourNow >= contourThen && correlation < 50 && support >= 90)
        }

        /// The figures in words.
        var summary: String {
            "\(verdict): contour \(contourNow) against \(contourThen) in the background, "
                + "correlation \(correlation), deviation \(deviationNow)/\(deviationThen), "
                + "texture changed on \(support) %, contrast with the surroundings "
                + "\(contrastNow) against \(contrastThen), sharpness \(sharpness) %, "
                + "texture kept on \(persistence) %, "
                + "fills \(fill) % of its box"
        }
    }

    let width: Int
    let height: Int

    /// Weighs one blob.
    ///
    /// - Parameters:
    ///   - object: the blob with its mask.
    ///   - now: the settled picture.
    ///   - then: the background.
    ///   - supported: 1 where the texture changed.
    /// - Returns: the figures and the verdict they lead to.
    func examine(
        _ object: StaticObject,
        now: UnsafePointer<UInt8>,
        then: UnsafePointer<UInt8>,
        supported: UnsafePointer<UInt8>
    ) -> Findings {
        var findings = Findings()
        let filled = Self.filled(object)
        findings.fill = object.area * 100 / max(1, object.box.area)
        findings.share = object.box.area * 100 / (width * height)
        contour(object, filled, now, then, &findings)
        interior(object, filled, now, then, supported, &findings)
        findings.persistence = persistence(object, filled, now, then)
        surroundings(object, filled, now, then, &findings)
        findings.verdict = verdict(findings)
        return findings
    }

    /// An object has an edge now where the background has none, and its levels stand out from its
    /// surroundings more than those of the background did; a ghost the other way round.
    private func verdict(_ findings: Findings) -> Verdict {
        if findings.repeatsBackground { return .light }
        if findings.support < Limit.support || findings.keepsTexture { return .light }
        if findings.fill < findings.leastFill { return .unclear }
        if findings.share > Limit.share { return .light }
        if findings.isPlain || findings.isOutlined { return .object }
        if findings.isLeftBehind { return .ghost }
        return .unclear
    }

    /// The mask with holes of a row or column closed, as the object covers them all the same.
    static func filled(_ object: StaticObject) -> [UInt8] {
        let (width, height) = (object.box.width, object.box.height)
        var rows = object.mask
        var columns = object.mask
        for y in 0..<height {
            let row = object.mask[(y * width)..<((y + 1) * width)]
            guard let first = row.firstIndex(of: 1), let last = row.lastIndex(of: 1) else {
                continue
            }
            for index in first...last { rows[index] = 1 }
        }
        for x in 0..<width {
            let column = stride(from: x, to: width * height, by: width)
            guard let first = column.first(where: { object.mask[$0] == 1 }),
                let last = column.reversed().first(where: { object.mask[$0] == 1 })
            else { continue }
            for index in stride(from: first, through: last, by: width) { columns[index] = 1 }
        }
        return zip(rows, columns).map { $0 & $1 }
    }

    /// Mean step across the contour, from two pixels inside to two outside.
    private func contour(
        _ object: StaticObject,
        _ filled: [UInt8],
        _ now: UnsafePointer<UInt8>,
        _ then: UnsafePointer<UInt8>,
        _ findings: inout Findings
    ) {
        let box = object.box
        var (count, present, past, change) = (0, 0, 0, 0)
        for y in 0..<box.height {
            for x in 0..<box.width where filled[y * box.width + x] == 1 {
                for (dx, dy) in [(-1, 0), (1, 0), (0, -1), (0, 1)] {
                    let (nx, ny) = (x + dx, y + dy)
                    let isInside =
                        nx >= 0 && ny >= 0 && nx < box.width && ny < box.height
                        && filled[ny * box.width + nx] == 1
                    if isInside { continue }
                    let (innerX, innerY) = (box.x + x - dx, box.y + y - dy)
                    let (outerX, outerY) = (box.x + x + 3 * dx, box.y + y + 3 * dy)
                    guard outerX >= 0, outerY >= 0, outerX < width, outerY < height,
                        innerX >= 0, innerY >= 0, innerX < width, innerY < height
                    else { continue }
                    let (inner, outer) = (innerY * width + innerX, outerY * width + outerX)
                    count += 1
                    present += abs(Int(now[inner]) - Int(now[outer]))
                    past += abs(Int(then[inner]) - Int(then[outer]))
                    change += abs(Int(now[inner]) - Int(then[inner]))
                }
            }
        }
        guard count > 0 else { return }
        findings.contourNow = present / count
        findings.contourThen = past / count
        findings.sharpness = change * 100 / count
    }

    /// How the inside compares with the background there.
    private func interior(
        _ object: StaticObject,
        _ filled: [UInt8],
        _ now: UnsafePointer<UInt8>,
        _ then: UnsafePointer<UInt8>,
        _ supported: UnsafePointer<UInt8>,
        _ findings: inout Findings
    ) {
        let box = object.box
        var sums = PairSums()
        var (support, change) = (0, 0)
        for y in 0..<box.height {
            for x in 0..<box.width where filled[y * box.width + x] == 1 {
                let index = (box.y + y) * width + box.x + x
                let (a, b) = (Int(now[index]), Int(then[index]))
                sums.add(a, b)
                support += Int(supported[index])
                change += abs(a - b)
            }
        }
        let count = sums.count
        guard count > 0 else { return }
        findings.correlation = Int((sums.correlation * 100).rounded())
        findings.deviationNow = Int(sums.deviationNow)
        findings.deviationThen = Int(sums.deviationThen)
        findings.support = support * 100 / count
        findings.sharpness = findings.sharpness * count / max(1, change)
    }

    /// Share of tiles of 8 by 8 pixels inside, textured in the background, that correlate with it.
    private func persistence(
        _ object: StaticObject,
        _ filled: [UInt8],
        _ now: UnsafePointer<UInt8>,
        _ then: UnsafePointer<UInt8>
    ) -> Int {
        let (box, side) = (object.box, 8)
        var (textured, kept) = (0, 0)
        for top in stride(from: 0, to: box.height - side + 1, by: side) {
            for left in stride(from: 0, to: box.width - side + 1, by: side) {
                var sums = PairSums()
                for y in top..<(top + side) {
                    for x in left..<(left + side) where filled[y * box.width + x] == 1 {
                        let index = (box.y + y) * width + box.x + x
                        sums.add(Int(now[index]), Int(then[index]))
                    }
                }
                guard sums.count >= side * side * 3 / 4, sums.deviationThen >= 3.5 else { continue }
                textured += 1
                if sums.correlation >= 0.6 { kept += 1 }
            }
        }
        return textured >= 4 ? kept * 100 / textured : 0
    }

    /// Compares the levels inside with those of a band around, three to ten pixels away.
    private func surroundings(
        _ object: StaticObject,
        _ filled: [UInt8],
        _ now: UnsafePointer<UInt8>,
        _ then: UnsafePointer<UInt8>,
        _ findings: inout Findings
    ) {
        let box = object.box
        guard let outer = box.grown(by: 10, within: width, height),
            let gap = box.grown(by: 2, within: width, height)
        else { return }
        var inside = (now: [Int](repeating: 0, count: 16), then: [Int](repeating: 0, count: 16))
        var around = inside
        for y in outer.y..<outer.maxY {
            for x in outer.x..<outer.maxX {
                let index = y * width + x
                let isInBox = x >= box.x && x < box.maxX && y >= box.y && y < box.maxY
                if isInBox {
                    guard filled[(y - box.y) * box.width + x - box.x] == 1 else { continue }
                    inside.now[Int(now[index] >> 4)] += 1
                    inside.then[Int(then[index] >> 4)] += 1
                } else if x < gap.x || x >= gap.maxX || y < gap.y || y >= gap.maxY {
                    around.now[Int(now[index] >> 4)] += 1
                    around.then[Int(then[index] >> 4)] += 1
                }
            }
        }
        findings.contrastNow = Self.distance(inside.now, around.now)
        findings.contrastThen = Self.distance(inside.then, around.then)
    }

    /// Half the sum of differences of two normalised histograms, in hundredths.
    private static func distance(_ a: [Int], _ b: [Int]) -> Int {
        let (totalA, totalB) = (max(1, a.reduce(0, +)), max(1, b.reduce(0, +)))
        let sum = zip(a, b).reduce(0) { $0 + abs($1.0 * 1000 / totalA - $1.1 * 1000 / totalB) }
        return sum / 20
    }
}

/// Sums over pairs of levels, for their correlation.
struct PairSums {
    private(set) var count = 0
    private var (now, then, nowSquares, thenSquares, products) = (0, 0, 0, 0, 0)

    /// Takes in a level of the present picture and that of the background.
    mutating func add(_ a: Int, _ b: Int) {
        count += 1
        now += a
        then += b
        nowSquares += a * a
        thenSquares += b * b
        products += a * b
    }

    /// Standard deviations in levels.
    var deviationNow: Double { Self.deviation(count, now, nowSquares) }
    var deviationThen: Double { Self.deviation(count, then, thenSquares) }

    /// -1 to 1; 0 where either is flat.
    var correlation: Double {
        let nowVariance = Double(nowSquares * count - now * now)
        let thenVariance = Double(thenSquares * count - then * then)
        let product = (nowVariance * thenVariance).squareRoot()
        return product > 0 ? Double(products * count - now * then) / product : 0
    }

    private static func deviation(_ count: Int, _ sum: Int, _ squares: Int) -> Double {
        count > 0 ? Double(squares * count - sum * sum).squareRoot() / Double(count) : 0
    }
}
