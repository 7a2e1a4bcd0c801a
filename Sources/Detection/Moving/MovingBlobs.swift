internal import Imaging
internal import Scene

/// One moving region of a frame.
struct MovingBlob: Hashable {
    /// Smallest box around what is surely there, in pixels of the analysis picture.
    var box: PixelBox
    /// Number of changed pixels.
    var area: Int
    /// Whether its texture differs from the background enough to start a track.
    var isStrong: Bool

    /// Intersection over union with a box.
    func overlap(with other: PixelBox) -> Double {
        guard let shared = box.intersection(other) else { return 0 }
        return Double(shared.area) / Double(box.area + other.area - shared.area)
    }

    /// Whether it may be what stood in a box: of like size, and covering a third of it or lying in
    /// it by half.
    func mayBe(_ other: PixelBox) -> Bool {
        guard let shared = box.intersection(other), box.area * 3 >= other.area,
            box.area * 2 <= other.area * 5
        else { return false }
        return shared.area * 3 >= other.area || shared.area * 2 >= box.area
    }
}

/// Finds the moving regions: what differs from the background and is no known static object.
struct MovingBlobs {
    private let width: Int
    private let height: Int
    private let minimumArea: Int
    private let mask: Buffer<UInt8>
    private let scratch: Buffer<UInt8>
    private let labels: Buffer<Int32>
    private var labeler = ComponentLabeler()

    init(width: Int, height: Int, tuning: DetectorTuning) {
        self.width = width
        self.height = height
        minimumArea = max(8, tuning.minimumMovingArea * width * height / (480 * 270))
        mask = Buffer(count: width * height, filledWith: 0)
        scratch = Buffer(count: width * height, filledWith: 0)
        labels = Buffer(count: width * height, filledWith: 0)
    }

    /// The moving regions of one frame.
    ///
    /// - Parameters:
    ///   - changed: 1 where the picture differs from the background.
    ///   - support: 1 where the texture or the chroma differs, for a box of the picture.
    ///   - known: 1 where a confirmed static object is seen.
    ///   - people: how tall people look.
    /// - Returns: the regions, largest first.
    mutating func find(
        changed: UnsafePointer<UInt8>,
        support: (PixelBox) -> UnsafePointer<UInt8>,
        known: UnsafePointer<UInt8>,
        people: PersonHeights
    ) -> [MovingBlob] {
        let mask = mask.base
        for index in 0..<(width * height) { mask[index] = changed[index] & (known[index] ^ 1) }
        open(mask)
        let components = labeler.run(
            mask,
            width: width,
            height: height,
            minimumArea: max(4, minimumArea / 8),
            labels: labels.base
        )
        // A tiny part counts only as a foot of what is strong: without that, none is looked at.
        let large = components.filter { $0.area * 3 >= minimumArea }
        var blobs = large.compactMap { blob($0, support($0.box)) }
        if blobs.contains(where: \.isStrong) {
            let tiny = components.filter { $0.area * 3 < minimumArea }
            blobs += tiny.compactMap { blob($0, support($0.box)) }
        }
        return merge(blobs, people)
    }

    /// Drops single pixels and thin lines, then closes gaps of two pixels.
    private func open(_ mask: UnsafeMutablePointer<UInt8>) {
        let (scratch, width) = (scratch.base, width)
        for y in 0..<height {
            let (row, out) = (mask + y * width, scratch + y * width)
            out[0] = 0
            out[width - 1] = 0
            for x in 1..<max(1, width - 1) { out[x] = row[x - 1] &+ row[x] &+ row[x + 1] }
        }
        for y in 1..<max(1, height - 1) {
            let (row, sums) = (mask + y * width, scratch + y * width)
            let (above, below) = (sums - width, sums + width)
            for x in 0..<width {
                let total = above[x] &+ sums[x] &+ below[x]
                row[x] &= total >= 4 ? 1 : 0
            }
        }
        Morphology.close(mask, width: width, height: height, radius: 1, scratch: scratch)
    }

    /// The part of a component with changed texture; nil where that is too little.
    private func blob(_ component: Component, _ supported: UnsafePointer<UInt8>) -> MovingBlob? {
        let box = component.box
        var (left, top, right, bottom, count) = (Int.max, Int.max, -1, -1, 0)
        for y in box.y..<box.maxY {
            for x in box.x..<box.maxX {
                let index = y * width + x
                guard labels.base[index] == component.label, supported[index] != 0 else { continue }
                count += 1
                left = min(left, x)
                right = max(right, x)
                top = min(top, y)
                bottom = max(bottom, y)
            }
        }
        guard count >= 4, count * 8 >= component.area else { return nil }
        return MovingBlob(
            box: PixelBox(x: left, y: top, width: right - left + 1, height: bottom - top + 1),
            area: component.area,
            isStrong: component.area >= minimumArea && count * 5 >= component.area * 2
        )
    }

    /// Joins the pieces of one body: above each other with a small gap, or nearly touching.
    private func merge(_ blobs: [MovingBlob], _ people: PersonHeights) -> [MovingBlob] {
        var merged: [MovingBlob] = []
        for blob in blobs.sorted(by: { $0.area > $1.area }) {
            if blob.area * 3 < minimumArea {
                // Too small for anything but a foot.
                let body = merged.firstIndex { isLimb(blob.box, of: $0, people) }
                guard let body else { continue }
                merged[body].box = merged[body].box.union(blob.box)
                merged[body].area += blob.area
            } else if let index = merged.firstIndex(where: { isPiece(blob.box, of: $0.box, people) }
            ) {
                merged[index].box = merged[index].box.union(blob.box)
                merged[index].area += blob.area
                merged[index].isStrong = merged[index].isStrong || blob.isStrong
            } else {
                merged.append(blob)
            }
        }
        return merged.map { blob in
            var blob = blob
            blob.isStrong = blob.isStrong && blob.area >= minimumArea
            return blob
        }
    }

    /// Whether a small box is a foot of what is strong, upright and above it.
    private func isLimb(_ small: PixelBox, of body: MovingBlob, _ people: PersonHeights) -> Bool {
        guard body.isStrong, body.box.height >= body.box.width else { return false }
        let shared = min(small.maxX, body.box.maxX) - max(small.x, body.box.x)
        let gap = small.y - body.box.maxY
        if shared * 2 >= small.width && gap >= 0 && gap <= max(2, body.box.height / 4) {
            return small.maxY - body.box.maxY <= body.box.height / 2
        }
        return isBelow(small, body.box, people)
    }

    /// Whether a box lies below another so that both make one upright person, where it is known how
    /// tall people look: the legs of somebody whose trousers look like the ground.
    private func isBelow(_ lower: PixelBox, _ upper: PixelBox, _ people: PersonHeights) -> Bool {
        let union = lower.union(upper)
        guard let height = people.expected(at: union), lower.y >= upper.maxY else { return false }
        let gap = Double(lower.y - upper.maxY)
        let reach = Int(0.15 * height)
        return lower.x >= upper.x - reach && lower.maxX <= upper.maxX + reach
            && gap <= 0.45 * height && Double(upper.height) >= 0.25 * height
            && Double(union.height) >= 0.6 * height && Double(union.height) <= 1.1 * height
    }

    private func isPiece(
        _ small: PixelBox,
        of large: PixelBox,
        _ people: PersonHeights
    ) -> Bool {
        let union = small.union(large)
        if let height = people.expected(at: union), Double(union.height) > 1.5 * height,
            Double(min(small.height, large.height)) > 0.4 * height
        {
            // Too tall for one body, and both parts large enough to be one: one behind the other.
            return false
        }
        if isBelow(small, large, people) { return true }
        let shared = min(small.maxX, large.maxX) - max(small.x, large.x)
        let gap = max(small.y, large.y) - min(small.maxY, large.maxY)
        let narrow = min(small.width, large.width)
        if shared * 2 >= narrow && gap <= max(2, max(large.height, small.height) / 4) {
            return true
        }
        if let height = people.expected(at: union), shared * 2 >= narrow,
            Double(gap) <= 0.3 * height, Double(union.height) <= 1.1 * height
        {
            // Head, trunk and feet of one, of whom what is between looks like the ground.
            return true
        }
        return small.grown(by: 2, within: width, height)?.intersection(large) != nil
    }
}
