public import Scene

extension Picture {
    /// Covers a polygon with one colour, wholly: nothing of what it hides is left, colour included.
    ///
    /// - Parameters:
    ///   - polygon: the corners, in shares of the picture.
    ///   - ink: the colour; given in limited range, converted where the picture uses full range.
    public mutating func fill(_ polygon: Polygon, ink: Ink) {
        let ink = ink.converted(toFullRange: isFullRange)
        luma.fill(polygon, value: ink.luma)
        blue.fill(polygon, value: ink.blue)
        red.fill(polygon, value: ink.red)
    }

    /// Lays a colour over the picture where a mask has ink.
    ///
    /// - Parameters:
    ///   - mask: 0 for nothing to 255 for all of the ink.
    ///   - x: column of the mask's left edge.
    ///   - y: row of its upper edge; what lies outside the picture is cut off.
    ///   - ink: the colour; given in limited range, converted where the picture uses full range.
    public mutating func paint(_ mask: Plane, x: Int, y: Int, ink: Ink) {
        let ink = ink.converted(toFullRange: isFullRange)
        for row in max(0, -y)..<max(max(0, -y), min(mask.height, height - y)) {
            for column in max(0, -x)..<max(max(0, -x), min(mask.width, width - x)) {
                let share = Int(mask[column, row])
                guard share > 0 else { continue }
                let (left, top) = (x + column, y + row)
                luma[left, top] = Self.mixed(luma[left, top], ink.luma, share)
                guard left.isMultiple(of: 2), top.isMultiple(of: 2) else { continue }
                let (half, upper) = (left / 2, top / 2)
                blue[half, upper] = Self.mixed(blue[half, upper], ink.blue, share)
                red[half, upper] = Self.mixed(red[half, upper], ink.red, share)
            }
        }
    }

    private static func mixed(_ below: UInt8, _ above: UInt8, _ share: Int) -> UInt8 {
        UInt8((Int(below) * (255 - share) + Int(above) * share + 127) / 255)
    }

    /// The picture with rows of one colour added below.
    ///
    /// - Parameters:
    ///   - rows: how many, at least 0.
    ///   - ink: their colour, in limited range.
    /// - Returns: a picture of the same width.
    public func extended(by rows: Int, ink: Ink) -> Picture {
        let colour = ink.converted(toFullRange: isFullRange)
        var taller = Picture(width: width, height: height + rows, isFullRange: isFullRange)
        taller.luma.samples = luma.samples + Self.run(colour.luma, taller.luma, luma)
        taller.blue.samples = blue.samples + Self.run(colour.blue, taller.blue, blue)
        taller.red.samples = red.samples + Self.run(colour.red, taller.red, red)
        return taller
    }

    private static func run(_ value: UInt8, _ taller: Plane, _ plane: Plane) -> [UInt8] {
        [UInt8](repeating: value, count: taller.samples.count - plane.samples.count)
    }
}

extension Plane {
    /// Fills every sample that the polygon touches, and one more on each side.
    fileprivate mutating func fill(_ polygon: Polygon, value: UInt8) {
        for y in 0..<height {
            let (upper, lower) = (Double(y - 1) / Double(height), Double(y + 2) / Double(height))
            for (first, last) in polygon.spans(from: upper, to: lower) {
                let left = max(0, Int((first * Double(width)).rounded(.down)) - 1)
                let right = min(width - 1, Int((last * Double(width)).rounded(.up)))
                guard left <= right else { continue }
                for x in left...right { self[x, y] = value }
            }
        }
    }
}

extension Polygon {
    /// Stretches of columns that the polygon covers anywhere between two heights: those within at
    /// the middle, and those that an edge passes through.
    fileprivate func spans(from upper: Double, to lower: Double) -> [(Double, Double)] {
        guard var previous = corners.last else { return [] }
        let middle = (upper + lower) / 2
        var crossings: [Double] = []
        var spans: [(Double, Double)] = []
        for corner in corners {
            defer { previous = corner }
            if (previous.y <= middle) != (corner.y <= middle) {
                crossings.append(Self.column(previous, corner, at: middle))
            }
            let (top, bottom) = previous.y < corner.y ? (previous, corner) : (corner, previous)
            guard bottom.y >= upper, top.y <= lower else { continue }
            let a = Self.column(top, bottom, at: max(upper, top.y))
            let b = Self.column(top, bottom, at: min(lower, bottom.y))
            let isLevel = bottom.y - top.y < 1e-9
            spans.append(
                isLevel ? (min(top.x, bottom.x), max(top.x, bottom.x)) : (min(a, b), max(a, b))
            )
        }
        crossings.sort()
        for index in stride(from: 0, to: crossings.count - 1, by: 2) {
            spans.append((crossings[index], crossings[index + 1]))
        }
        return spans
    }

    private static func column(
        _ a: NormalizedPoint,
        _ b: NormalizedPoint,
        at y: Double
    ) -> Double {
        let height = b.y - a.y
        return abs(height) < 1e-12 ? a.x : a.x + (y - a.y) / height * (b.x - a.x)
    }
}
