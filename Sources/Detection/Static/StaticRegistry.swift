internal import Imaging
internal import Scene

/// The static objects of one camera, each tied to its place.
///
/// Objects survive whatever passes or stands in front of them for a bounded time, leave when their
/// place shows the background again, and are forgotten last of all when the table is full.
struct StaticRegistry {
    var objects: [StaticObject] = []
    /// Verifications of the last step.
    var findings: [Inspection.Finding] = []
    /// 1 where an object is seen or hidden: such pixels start no other object and are not learned.
    let covered: Buffer<UInt8>

    let width: Int
    let height: Int
    let tuning: DetectorTuning
    let minimumArea: Int
    let candidateMask: Buffer<UInt8>
    let scratch: Buffer<UInt8>
    let labels: Buffer<Int32>
    var labeler = ComponentLabeler()
    let verifier: StaticVerifier
    let maximumObjects = 128

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
        let (box, mask, template) = (object.box, object.mask, object.template)
        let limit = tuning.quietThreshold + 7
        for y in 0..<box.height {
            for x in 0..<box.width {
                let local = y * box.width + x
                guard mask[local] == 1 else { continue }
                let index = (box.y + y) * width + box.x + x
                let away = abs(Int(luma[index]) - Int(template[local]))
                if away <= limit + Int(noise[index] >> 2) {
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
        let (box, clearSince) = (object.box, input.layer.clearSince.base)
        var (mask, area) = (object.mask, object.area)
        for y in 0..<box.height {
            for x in 0..<box.width where mask[y * box.width + x] == 1 {
                let since = clearSince[(box.y + y) * width + box.x + x]
                if since != Int32.max && now - since >= release {
                    mask[y * box.width + x] = 0
                    area -= 1
                }
            }
        }
        object.mask = mask
        object.area = area
    }

    /// Lets the template follow slow change while the object as a whole is plainly seen.
    private func refresh(_ object: inout StaticObject, _ input: Input) {
        let (seen, value) = (input.layer.seen.base, input.layer.value.base)
        let (box, mask) = (object.box, object.mask)
        var template = object.template
        for y in 0..<box.height {
            for x in 0..<box.width {
                let index = (box.y + y) * width + box.x + x
                let local = y * box.width + x
                if seen[index] & mask[local] == 1 { template[local] = value[index] }
            }
        }
        object.template = template
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
        let (box, mask, template) = (object.box, object.mask, object.template)
        let (settled, value) = (input.layer.settled.base, input.layer.value.base)
        let limit = tuning.quietThreshold + 12
        for y in 0..<box.height {
            for x in 0..<box.width {
                let local = y * box.width + x
                guard mask[local] == 1 else { continue }
                let index = (box.y + y) * width + box.x + x
                let away = abs(Int(value[index]) - Int(template[local]))
                if settled[index] == 1 && away > limit { continue }
                covered.base[index] = 1
            }
        }
    }
}
