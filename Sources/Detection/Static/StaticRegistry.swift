internal import Imaging
internal import Scene

/// The static objects of one camera, each tied to its place.
///
/// Objects survive whatever passes or stands in front of them for a bounded time, leave when their
/// place shows the background again, and are forgotten last of all when the table is full.
struct StaticRegistry {
    var objects: [StaticObject] = []
    /// Where people stood who were lost from sight or walked on, of late.
    var vacancies: [Vacancy] = []
    /// Verifications of the last step.
    var findings: [VerificationLook] = []
    /// What was given up in the last step.
    var departures: [Inspection.Departure] = []
    /// 1 where an object is seen or hidden: such pixels start no other object and are not learned.
    let covered: Buffer<UInt8>

    /// 1 where nothing is to be learned: `covered`, and what lies between the pixels of a confirmed
    /// object, where it looks like the ground but need not be ground.
    let held: Buffer<UInt8>

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
        held = Buffer(count: width * height, filledWith: 0)
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
        /// Boxes of people who are about.
        let bodies: [PixelBox]
        let time: MediaTime
        /// Time since the frame before.
        let span: MediaSpan
        /// When the view was first learned.
        let origin: MediaTime
        /// How tall people look.
        let people: PersonHeights
    }

    /// Where a person stood until a moment ago.
    struct Vacancy: Hashable, Codable {
        var box: PixelBox
        var until: MediaTime
    }

    /// Takes in one frame: follows known objects, finds new ones, verifies.
    ///
    /// - Parameters:
    ///   - input: the present frame and what was made of it.
    ///   - identify: the track that came to stand in a box, none of those numbers.
    ///   - arrivals: what moved into a box and stopped there at about that time.
    ///   - number: gives a new number.
    mutating func step(
        _ input: Input,
        identify: (PixelBox, Set<ObjectID>) -> Track?,
        arrivals: (PixelBox, MediaTime) -> ObjectClass?,
        number: () -> ObjectID
    ) {
        vacancies.removeAll { input.time - $0.until > .seconds(20) }
        findings.removeAll(keepingCapacity: true)
        departures.removeAll(keepingCapacity: true)
        covered.clear()
        var current = objects
        objects = []
        for index in current.indices { follow(&current[index], input) }
        objects = current.filter { departure(of: $0, at: input.time) == nil }
        for object in current {
            guard let reason = departure(of: object, at: input.time) else { continue }
            departures.append(Inspection.Departure(id: object.id, reason: reason))
            vacate(object, at: input.time)
            forget(object, input.layer)
        }
        for object in objects { cover(object, input) }
        for blob in findBlobs(input) { admit(blob, input, number: number) }
        verify(input, identify, arrivals)
        for object in objects { cover(object, input) }
        held.copy(from: covered)
        for index in objects.indices where objects[index].state == .confirmed {
            hold(&objects[index])
        }
    }

    /// Gives up an object whose person walks on.
    mutating func release(_ object: StaticObject, from layer: StaticLayer, at time: MediaTime) {
        objects.removeAll { $0.id == object.id }
        vacate(object, at: time)
        forget(object, layer)
    }

    private mutating func vacate(_ object: StaticObject, at time: MediaTime) {
        guard object.state == .confirmed, object.classification.objectClass == .person else {
            return
        }
        vacancies.append(Vacancy(box: object.box, until: time))
    }

    /// Clears what an object that is gone left in the static layer, but for what is still seen.
    private func forget(_ object: StaticObject, _ layer: StaticLayer) {
        let (settled, seen) = (layer.settled.base, layer.seen.base)
        object.forEachRow(pictureWidth: width) { mask, _, index, count in
            for x in 0..<count where mask[x] == 1 { settled[index + x] &= seen[index + x] }
        }
    }
}
