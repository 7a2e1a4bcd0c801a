internal import Imaging
internal import Scene

extension StaticRegistry {
    /// A connected region that has settled and belongs to no object yet.
    struct Blob {
        var box: PixelBox
        var labels: Set<Int32>
        var area: Int
        var since: MediaTime
    }

    mutating func findBlobs(_ input: Input) -> [Blob] {
        let mask = candidateMask.base
        let (seen, covered) = (input.layer.seen.base, covered.base)
        for index in 0..<(width * height) { mask[index] = seen[index] & (covered[index] ^ 1) }
        Morphology.close(mask, width: width, height: height, radius: 1, scratch: scratch.base)
        for index in 0..<(width * height) { mask[index] &= covered[index] ^ 1 }
        let components = labeler.run(
            mask,
            width: width,
            height: height,
            minimumArea: max(6, minimumArea / 4),
            labels: labels.base
        )
        var blobs = components.map { component in
            Blob(
                box: component.box,
                labels: [component.label],
                area: component.area,
                since: since(component, input)
            )
        }
        blobs.removeAll { input.time - $0.since < tuning.candidateAge }
        return merge(blobs, input.people).filter { isPlausible($0, input.people) }
    }

    /// When the bulk of a component settled: three quarters of its pixels had by then.
    private func since(_ component: Component, _ input: Input) -> MediaTime {
        let clock = input.layer.clock
        var ages: [UInt16] = []
        ages.reserveCapacity(component.area)
        let box = component.box
        for y in box.y..<box.maxY {
            for x in box.x..<box.maxX {
                let index = y * width + x
                if labels.base[index] == component.label && input.layer.settled.base[index] == 1 {
                    ages.append(clock.now &- input.layer.since.base[index])
                }
            }
        }
        guard !ages.isEmpty else { return input.time }
        let youngest = ages.count - 1 - ages.count * 3 / 4
        return clock.time(of: clock.now &- OrderStatistic.value(at: youngest, of: ages))
    }

    /// Joins fragments that settled together and lie close.
    private func merge(_ blobs: [Blob], _ people: PersonHeights) -> [Blob] {
        var merged: [Blob] = []
        for blob in blobs {
            var current = blob
            var index = 0
            while index < merged.count {
                if areFragments(merged[index], current, people) {
                    let other = merged.remove(at: index)
                    current = Blob(
                        box: current.box.union(other.box),
                        labels: current.labels.union(other.labels),
                        area: current.area + other.area,
                        since: current.area > other.area ? current.since : other.since
                    )
                    index = 0
                } else {
                    index += 1
                }
            }
            merged.append(current)
        }
        return merged
    }

    /// Whether a blob has a size that a thing can have which stands there: at least some 20 cm by
    /// 20 cm, at most a lorry, where it is known how tall people look.
    private func isPlausible(_ blob: Blob, _ people: PersonHeights) -> Bool {
        guard blob.area >= minimumArea else { return false }
        guard let height = people.expected(at: blob.box) else { return true }
        return Double(blob.area) >= 0.014 * height * height
            && Double(blob.box.height) <= 4 * height && Double(blob.box.width) <= 11 * height
    }

    private func areFragments(_ a: Blob, _ b: Blob, _ people: PersonHeights) -> Bool {
        guard abs((a.since - b.since).microseconds) <= 1_500_000 else { return false }
        let small = min(max(a.box.width, a.box.height), max(b.box.width, b.box.height))
        let large = max(max(a.box.width, a.box.height), max(b.box.width, b.box.height))
        var reach = max(4, min(large / 5, small))
        if areTwo(a, b) { return false }
        // A quarter of a metre apart, and no larger together than a van.
        let union = a.box.union(b.box)
        if let height = people.expected(at: union), Double(union.width) <= 3.5 * height,
            Double(union.height) <= 2 * height
        {
            reach = max(reach, Int(0.15 * height))
        }
        return a.box.grown(by: reach, within: width, height)?.intersection(b.box) != nil
    }

    /// Whether each may be a thing by itself, the larger is solid, and the box around both is
    /// mostly ground: vehicles in file that stop together.
    private func areTwo(_ a: Blob, _ b: Blob) -> Bool {
        let larger = a.area > b.area ? a : b
        return min(a.area, b.area) >= minimumArea && larger.area * 100 >= larger.box.area * 45
            && a.box.union(b.box).area * 10 > (a.box.area + b.box.area) * 16
    }

    // MARK: Admitting

    mutating func admit(
        _ blob: Blob,
        _ input: Input,
        number: () -> ObjectID
    ) {
        if objects.contains(where: { isPart(blob, of: $0, at: input.time) }) { return }
        objects = objects.filter { !isSwallowed($0, by: blob) }
        if let index = objects.firstIndex(where: { belongs(blob, to: $0, at: input.time) }) {
            var object = objects.remove(at: index)
            extend(&object, with: blob, input)
            objects.insert(object, at: index)
            return
        }
        guard objects.count < maximumObjects else { return }
        var object = StaticObject(
            id: number(),
            box: blob.box,
            mask: [UInt8](repeating: 0, count: blob.box.area),
            template: [UInt8](repeating: 0, count: blob.box.area),
            area: 0,
            peakArea: 0,
            since: blob.since,
            found: input.time,
            presentAtStart: blob.since - input.origin <= .seconds(1),
            lastSeen: input.time
        )
        paint(&object, with: blob, input)
        objects.append(object)
    }

    /// Whether a blob lies mostly inside an object that is seen: a reflection, a door, a driver; or
    /// before one that is hidden, and is far smaller: a piece of who stands in front of it.
    private func isPart(_ blob: Blob, of object: StaticObject, at time: MediaTime) -> Bool {
        guard object.state == .confirmed, blob.since > object.since,
            time - object.lastSeen <= .seconds(2) || blob.area * 3 < object.area,
            let shared = object.box.intersection(blob.box)
        else { return false }
        return shared.area * 10 >= blob.box.area * 6
    }

    /// Whether a candidate turns out to be a small piece of a larger blob.
    private func isSwallowed(_ object: StaticObject, by blob: Blob) -> Bool {
        guard object.state == .candidate, blob.area > 2 * object.area,
            let shared = object.box.intersection(blob.box)
        else { return false }
        return shared.area * 10 >= object.box.area * 6
    }

    /// Whether a blob is a late fragment of an object that settled at the same time beside it.
    private func belongs(_ blob: Blob, to object: StaticObject, at time: MediaTime) -> Bool {
        guard abs((blob.since - object.since).microseconds) <= 2_000_000,
            time - object.since <= .seconds(8)
        else { return false }
        let union = object.box.union(blob.box).area
        guard union * 10 <= (object.box.area + blob.box.area) * 15 else { return false }
        let reach = max(3, max(object.box.width, object.box.height) / 6)
        return object.box.grown(by: reach, within: width, height)?.intersection(blob.box) != nil
    }

    private func extend(_ object: inout StaticObject, with blob: Blob, _ input: Input) {
        let box = object.box.union(blob.box)
        if box != object.box {
            var mask = [UInt8](repeating: 0, count: box.area)
            var template = [UInt8](repeating: 0, count: box.area)
            for y in 0..<object.box.height {
                for x in 0..<object.box.width {
                    let from = y * object.box.width + x
                    let to = (object.box.y + y - box.y) * box.width + object.box.x + x - box.x
                    mask[to] = object.mask[from]
                    template[to] = object.template[from]
                }
            }
            object.box = box
            object.mask = mask
            object.template = template
        }
        paint(&object, with: blob, input)
    }

    private func paint(_ object: inout StaticObject, with blob: Blob, _ input: Input) {
        let box = blob.box
        for y in box.y..<box.maxY {
            for x in box.x..<box.maxX {
                let index = y * width + x
                guard blob.labels.contains(labels.base[index]) else { continue }
                let local = (y - object.box.y) * object.box.width + x - object.box.x
                if object.mask[local] == 0 { object.area += 1 }
                object.mask[local] = 1
                object.template[local] = input.layer.quiet.base[index]
            }
        }
        object.peakArea = max(object.peakArea, object.area)
        object.outline = []
    }
}
