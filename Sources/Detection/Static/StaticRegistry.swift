internal import Imaging
internal import Scene

/// The static objects of one camera, each tied to its place.
///
/// Objects survive whatever passes or stands in front of them for a bounded time, leave when their
/// place shows the background again, and are forgotten last of all when the table is full.
struct StaticRegistry {
    private(set) var objects: [StaticObject] = []
    /// Verifications of the last step.
    private(set) var findings: [Inspection.Finding] = []
    /// 1 where an object is seen or hidden: such pixels start no other object and are not learned.
    let covered: Buffer<UInt8>

    private let width: Int
    private let height: Int
    private let tuning: DetectorTuning
    private let minimumArea: Int
    private let candidateMask: Buffer<UInt8>
    private let scratch: Buffer<UInt8>
    private let labels: Buffer<Int32>
    private var labeler = ComponentLabeler()
    private let verifier: StaticVerifier
    private let maximumObjects = 128

    init(width: Int, height: Int, tuning: DetectorTuning) {
        self.width = width
        self.height = height
        self.tuning = tuning
        minimumArea = max(12, tuning.minimumStaticArea * width * height / (480 * 270))
        covered = Buffer(count: width * height, filledWith: 0)
        candidateMask = Buffer(count: width * height, filledWith: 0)
        scratch = Buffer(count: width * height, filledWith: 0)
        labels = Buffer(count: width * height, filledWith: 0)
        verifier = StaticVerifier(width: width, height: height)
    }

    /// What the registry needs to know of the present frame.
    struct Input {
        let frame: AnalysisFrame
        let background: BackgroundModel
        let layer: StaticLayer
        let texture: TextureChange
        /// Boxes of what moved in the frame before.
        let passing: [PixelBox]
        let time: MediaTime
    }

    /// Takes in one frame: follows known objects, finds new ones, verifies.
    ///
    /// - Parameters:
    ///   - input: the present frame and what was made of it.
    ///   - identify: the track that came to stand in a box, none of those numbers.
    ///   - number: gives a new number.
    mutating func step(
        _ input: Input,
        identify: (PixelBox, Set<ObjectID>) -> Track?,
        number: () -> ObjectID
    ) {
        findings.removeAll(keepingCapacity: true)
        covered.fill(0)
        var current = objects
        objects = []
        for index in current.indices { follow(&current[index], input) }
        objects = current.filter { !isGone($0, at: input.time) }
        for object in current where isGone(object, at: input.time) { forget(object, input.layer) }
        for object in objects { cover(object, input) }
        for blob in findBlobs(input) { admit(blob, input, number: number) }
        verify(input, identify)
        for object in objects { cover(object, input) }
    }

    /// Gives up an object whose person walks on.
    mutating func release(_ object: StaticObject, from layer: StaticLayer) {
        objects.removeAll { $0.id == object.id }
        forget(object, layer)
    }

    /// Clears what an object that is gone left in the static layer, but for what is still seen.
    private func forget(_ object: StaticObject, _ layer: StaticLayer) {
        let box = object.box
        for y in 0..<box.height {
            for x in 0..<box.width where object.mask[y * box.width + x] == 1 {
                let index = (box.y + y) * width + box.x + x
                layer.settled.base[index] &= layer.seen.base[index]
            }
        }
    }

    // MARK: Following

    /// Looks at an object's place in the present frame.
    private func follow(_ object: inout StaticObject, _ input: Input) {
        var evidence = StaticEvidence()
        let (luma, noise) = (input.frame.luma.base, input.background.noise.base)
        let changed = input.background.changed.base
        let box = object.box
        for y in 0..<box.height {
            for x in 0..<box.width {
                let local = y * box.width + x
                guard object.mask[local] == 1 else { continue }
                let index = (box.y + y) * width + box.x + x
                let away = abs(Int(luma[index]) - Int(object.template[local]))
                if away <= tuning.quietThreshold + 7 + Int(noise[index] >> 2) {
                    evidence.matching += 1
                } else if changed[index] == 0 {
                    evidence.clear += 1
                } else {
                    evidence.other += 1
                }
            }
        }
        let total = evidence.matching + evidence.clear + evidence.other
        object.isVisible = evidence.matching * 2 >= total
        // What hides an object may look like the background in places: only where the object is
        // seen, or its place is mostly clear, has it let go of a pixel that shows the background.
        if object.isVisible || evidence.clear * 2 >= total { release(&object, input) }
        if evidence.matching * 10 >= total * 7 { refresh(&object, input) }
        object.looks += 1
        if object.isVisible { object.sightings += 1 }
        if object.state == .candidate, evidence.other * 2 >= total, isCrossed(object, input) {
            object.crossings += 1
        }
        if object.isVisible { object.lastSeen = input.time }
        if evidence.clear * 10 >= total * 6 {
            object.clearSince = object.clearSince ?? input.time
        } else {
            object.clearSince = nil
        }
    }

    /// Lets go of pixels that have shown the background for a while.
    private func release(_ object: inout StaticObject, _ input: Input) {
        let now = StaticLayer.ticks(input.time)
        let release = Int32(tuning.releaseTime.microseconds / 10_000)
        let box = object.box
        for y in 0..<box.height {
            for x in 0..<box.width where object.mask[y * box.width + x] == 1 {
                let since = input.layer.clearSince.base[(box.y + y) * width + box.x + x]
                if since != Int32.max && now - since >= release {
                    object.mask[y * box.width + x] = 0
                    object.area -= 1
                }
            }
        }
    }

    /// Lets the template follow slow change while the object as a whole is plainly seen.
    private func refresh(_ object: inout StaticObject, _ input: Input) {
        let box = object.box
        let (seen, value) = (input.layer.seen.base, input.layer.value.base)
        for y in 0..<box.height {
            for x in 0..<box.width {
                let index = (box.y + y) * width + box.x + x
                let local = y * box.width + x
                if seen[index] & object.mask[local] == 1 { object.template[local] = value[index] }
            }
        }
    }

    /// Whether something passes through the place: it hides the object though it touches the ground
    /// no nearer to the camera, which nothing can do where a solid thing stands.
    private func isCrossed(_ object: StaticObject, _ input: Input) -> Bool {
        let margin = max(2, object.box.height / 8)
        return input.passing.contains { box in
            guard let shared = box.intersection(object.box) else { return false }
            return shared.area * 10 >= object.box.area * 7 && box.maxY <= object.box.maxY + margin
        }
    }

    private func isGone(_ object: StaticObject, at time: MediaTime) -> Bool {
        if object.area < max(minimumArea / 2, object.peakArea / 4) { return true }
        if let clear = object.clearSince, time - clear >= tuning.releaseTime { return true }
        if object.state == .candidate && object.crossings >= 3 { return true }
        return time - object.lastSeen > tuning.occlusionTolerance
    }

    /// Marks an object's pixels, but for those where something else has settled.
    private func cover(_ object: StaticObject, _ input: Input) {
        let box = object.box
        let (settled, value) = (input.layer.settled.base, input.layer.value.base)
        for y in 0..<box.height {
            for x in 0..<box.width {
                let local = y * box.width + x
                guard object.mask[local] == 1 else { continue }
                let index = (box.y + y) * width + box.x + x
                let away = abs(Int(value[index]) - Int(object.template[local]))
                if settled[index] == 1 && away > tuning.quietThreshold + 12 { continue }
                covered.base[index] = 1
            }
        }
    }

    // MARK: Finding

    /// A connected region that has settled and belongs to no object yet.
    private struct Blob {
        var box: PixelBox
        var labels: Set<Int32>
        var area: Int
        var since: MediaTime
    }

    private mutating func findBlobs(_ input: Input) -> [Blob] {
        let mask = candidateMask.base
        let (settled, seen, covered) = (
            input.layer.settled.base, input.layer.seen.base, covered.base
        )
        for index in 0..<(width * height) {
            mask[index] = settled[index] & seen[index] & (covered[index] ^ 1)
        }
        Morphology.dilate(mask, width: width, height: height, radius: 1, scratch: scratch.base)
        Morphology.erode(mask, width: width, height: height, radius: 1, scratch: scratch.base)
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
        return merge(blobs).filter { $0.area >= minimumArea }
    }

    /// When the bulk of a component settled: three quarters of its pixels had by then.
    private func since(_ component: Component, _ input: Input) -> MediaTime {
        var moments: [Int32] = []
        moments.reserveCapacity(component.area)
        let box = component.box
        for y in box.y..<box.maxY {
            for x in box.x..<box.maxX {
                let index = y * width + x
                if labels.base[index] == component.label && input.layer.settled.base[index] == 1 {
                    moments.append(input.layer.since.base[index])
                }
            }
        }
        guard !moments.isEmpty else { return input.time }
        moments.sort()
        return MediaTime(microseconds: Int64(moments[moments.count * 3 / 4]) * 10_000)
    }

    /// Joins fragments that settled together and lie close.
    private func merge(_ blobs: [Blob]) -> [Blob] {
        var merged: [Blob] = []
        for blob in blobs {
            var current = blob
            var index = 0
            while index < merged.count {
                if areFragments(merged[index], current) {
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

    private func areFragments(_ a: Blob, _ b: Blob) -> Bool {
        guard abs((a.since - b.since).microseconds) <= 1_500_000 else { return false }
        let small = min(max(a.box.width, a.box.height), max(b.box.width, b.box.height))
        let large = max(max(a.box.width, a.box.height), max(b.box.width, b.box.height))
        let reach = max(4, min(large / 5, small))
        return a.box.grown(by: reach, within: width, height)?.intersection(b.box) != nil
    }

    // MARK: Admitting

    private mutating func admit(
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
            lastSeen: input.time
        )
        paint(&object, with: blob, input)
        objects.append(object)
    }

    /// Whether a blob lies mostly inside an object that is seen: a reflection, a door, a driver.
    private func isPart(_ blob: Blob, of object: StaticObject, at time: MediaTime) -> Bool {
        guard object.state == .confirmed, time - object.lastSeen <= .seconds(2),
            blob.since > object.since,
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
    }

    // MARK: Verifying

    private mutating func verify(
        _ input: Input,
        _ identify: (PixelBox, Set<ObjectID>) -> Track?
    ) {
        let taken = Set(objects.map(\.id))
        var kept: [StaticObject] = []
        for var object in objects {
            guard isDue(object, at: input.time) else {
                kept.append(object)
                continue
            }
            Self.tighten(&object)
            let findings = verifier.examine(
                object,
                now: input.layer.quiet.base,
                then: input.background.learned.base,
                supported: input.texture.supported.base
            )
            object.verifiedAt = input.time
            self.findings.append(
                Inspection.Finding(
                    time: input.time,
                    box: object.box,
                    id: object.id,
                    summary: findings.summary
                )
            )
            switch findings.verdict {
            case .object:
                // Two looks at the same box: what changes its shape does not stand.
                if object.state == .candidate && object.wasSolid(in: object.box) {
                    object.confirm(from: identify(object.box, taken))
                }
                object.confidence = 0.8
                object.solidBox = object.box
            case .unclear:
                if object.state == .candidate, hasStoodLong(object, findings, at: input.time) {
                    object.confirm(from: identify(object.box, taken))
                    object.confidence = 0.6
                }
            case .ghost, .light:
                if object.state == .candidate {
                    heal(object, input)
                    continue
                }
            }
            kept.append(object)
        }
        objects = kept
    }

    /// Names every object anew.
    mutating func classify(_ classify: (StaticObject) -> Classification) {
        for index in objects.indices { objects[index].classification = classify(objects[index]) }
    }

    /// Whether an object is to be looked at again.
    private func isDue(_ object: StaticObject, at time: MediaTime) -> Bool {
        let pause: MediaSpan = object.state == .confirmed ? .seconds(2) : tuning.verifyPause
        let isRested = object.verifiedAt.map { time - $0 >= pause } ?? true
        let age = tuning.confirmAge - tuning.verifyPause
        return isRested && time - object.since >= age && object.isVisible
            && object.isSteady(at: time)
    }

    /// Whether an unclear blob has been there, untouched, for so long that it must be real.
    private func hasStoodLong(
        _ object: StaticObject,
        _ findings: StaticVerifier.Findings,
        at time: MediaTime
    ) -> Bool {
        time - object.since >= tuning.unclearAge && object.sightings * 10 >= object.looks * 9
            && findings.contourNow >= 10 && findings.standsOut && findings.sharpness >= 70
            && findings.fill >= 30
    }

    /// Cuts the box down to the pixels that are left.
    private static func tighten(_ object: inout StaticObject) {
        let box = object.box
        var (left, top, right, bottom) = (box.width, box.height, -1, -1)
        for y in 0..<box.height {
            for x in 0..<box.width where object.mask[y * box.width + x] == 1 {
                left = min(left, x)
                right = max(right, x)
                top = min(top, y)
                bottom = max(bottom, y)
            }
        }
        guard right >= left, bottom >= top else { return }
        let cut = PixelBox(
            x: box.x + left,
            y: box.y + top,
            width: right - left + 1,
            height: bottom - top + 1
        )
        guard cut != box else { return }
        func crop(_ values: [UInt8]) -> [UInt8] {
            (top...bottom).flatMap { y in
                values[(y * box.width + left)...(y * box.width + right)]
            }
        }
        object.mask = crop(object.mask)
        object.template = crop(object.template)
        object.box = cut
    }

    /// Takes what a ghost's or a shadow's place shows now as the background.
    private func heal(_ object: StaticObject, _ input: Input) {
        let filled = StaticVerifier.filled(object)
        let box = object.box
        for y in 0..<box.height {
            for x in 0..<box.width where filled[y * box.width + x] == 1 {
                let index = (box.y + y) * width + box.x + x
                input.background.heal(
                    box.x + x,
                    box.y + y,
                    from: input.frame,
                    luma: input.layer.quiet.base[index]
                )
                input.layer.settled.base[index] = 0
                input.layer.clearSince.base[index] = StaticLayer.ticks(input.time)
            }
        }
    }
}
