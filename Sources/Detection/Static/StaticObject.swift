internal import Scene

/// Something that stands, tied to the place where it stands.
struct StaticObject: Hashable, Codable {
    /// How far the registry has come with it.
    enum State: Hashable, Codable {
        /// Seen, not verified yet.
        case candidate
        /// A real object.
        case confirmed
    }

    /// Number of the object, shared with the track it came from.
    var id: ObjectID
    /// How far the registry has come with it.
    var state = State.candidate
    /// Smallest box around `mask`, in pixels of the analysis picture.
    var box: PixelBox
    /// 1 for each pixel of `box` that belongs to it, row by row.
    @PackedBytes var mask: [UInt8]
    /// What it looks like, exposure normalised, for each pixel of `box`.
    @PackedBytes var template: [UInt8]
    /// 1 for each pixel of `box` that `mask` encloses; empty until it is needed.
    @PackedBytes var outline: [UInt8] = []
    /// Number of its pixels now and at most.
    var area: Int
    var peakArea: Int
    /// When it came to rest.
    var since: MediaTime
    /// When the registry found it.
    let found: MediaTime
    /// Whether it may have stood here before the view was first learned.
    let presentAtStart: Bool
    /// When it was last seen.
    var lastSeen: MediaTime
    /// When its place first showed the background again, while it does.
    var clearSince: MediaTime?
    /// Whether it is seen now.
    var isVisible = true
    /// What it is taken for.
    var classification = Classification(.unknown, confidence: 0)
    /// How sure it is a real object, 0 to 1.
    var confidence = 0.0
    /// In how many frames it was looked for, and seen.
    var looks = 0
    var sightings = 0
    /// How restless its surroundings have been of late, 0 to 1: the share of looks, fading over
    /// seconds, at which more changed about it than it has pixels.
    var restlessness = 0.0
    /// Share of its pixels that show the background, at the last look.
    var clearShare = 0.0
    /// How often something passed through its place.
    var crossings = 0
    /// The row below the feet of the person who came to stand here, where the object does not reach
    /// so far: trousers like the ground.
    private(set) var feet: Int?
    /// What it was surely taken for while it moved.
    var arrivedAs: ObjectClass?
    /// Where it was when it last looked like an object.
    var solidBox: PixelBox?
    /// When it was last seen to lie within a person, as long as it is a candidate.
    var limbAt: MediaTime?
    /// When it was last verified.
    var verifiedAt: MediaTime?

    /// Above that restlessness it is rather part of something alive, or playing light.
    static let mostRestless = 0.5
    /// How long it must have been known, and in which share of looks seen, to be steady.
    static let steadyAge = MediaSpan.seconds(0.6)
    static let steadyShare = 0.8
    /// A candidate through which so many things have passed is given up.
    static let mostCrossings = 3

    /// Takes it for real, with the number and the class of the track that came to stand here.
    mutating func confirm(from track: Track?, arrivedAs: ObjectClass?) {
        state = .confirmed
        if let track { id = track.id }
        self.arrivedAs = self.arrivedAs ?? arrivedAs
        guard let track, track.votes.leader.objectClass == .person, track.isVisible else { return }
        let (body, shared) = (track.alone, track.alone.intersection(box)?.area ?? 0)
        if body.maxY > box.maxY && shared * 10 >= box.area * 8 && body.width <= 2 * box.width {
            feet = body.maxY
        }
    }

    /// The box down to the feet.
    var standing: PixelBox {
        guard let feet, feet > box.maxY else { return box }
        return PixelBox(x: box.x, y: box.y, width: box.width, height: feet - box.y)
    }

    /// How sure it is that it stands there now: hardly, once its place shows the background.
    var presentConfidence: Double { clearSince == nil ? confidence : min(0.3, confidence) }

    /// Whether so much moves about it that it is rather part of something alive, or playing light.
    var isRestless: Bool { restlessness > Self.mostRestless }

    /// Whether it looked like an object before in nearly the same box (IoU 0.6 at least).
    func wasSolid(in box: PixelBox) -> Bool {
        guard let solidBox, let shared = solidBox.intersection(box) else { return false }
        return shared.area * 10 >= (solidBox.area + box.area - shared.area) * 6
    }

    /// Whether it has been seen in nearly every frame since it was found, and for long enough: what
    /// an object that drives off leaves behind for a moment is not.
    func isSteady(at time: MediaTime) -> Bool {
        time - found >= Self.steadyAge && seenShare >= Self.steadyShare
    }

    /// Share of its looks at which it was seen; 1 before the first.
    var seenShare: Double { looks > 0 ? Double(sightings) / Double(looks) : 1 }
}

/// What the pixels of an object show now.
struct StaticEvidence {
    /// Pixels that look like the object.
    var matching = 0
    /// Pixels that show the background.
    var clear = 0
    /// Pixels that show something else.
    var other = 0

    var total: Int { matching + clear + other }
}

extension StaticObject {
    /// Goes through the object's box row by row.
    ///
    /// - Parameters:
    ///   - pictureWidth: columns of the analysis picture.
    ///   - body: gets the row of the mask and of the template, the index of its first pixel in the
    ///     picture, and the number of pixels.
    @inline(__always)
    func forEachRow(
        pictureWidth: Int,
        _ body: (UnsafePointer<UInt8>, UnsafePointer<UInt8>, Int, Int) -> Void
    ) {
        let box = box
        mask.withUnsafeBufferPointer { mask in
            template.withUnsafeBufferPointer { template in
                guard let mask = mask.baseAddress, let template = template.baseAddress else {
                    return
                }
                for y in 0..<box.height {
                    let local = y * box.width
                    let index = (box.y + y) * pictureWidth + box.x
                    body(mask + local, template + local, index, box.width)
                }
            }
        }
    }

    /// Goes through the object's box row by row, to change mask or template.
    @inline(__always)
    mutating func mutateRows(
        pictureWidth: Int,
        _ body: (UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt8>, Int, Int) -> Void
    ) {
        let box = box
        _mask.wrappedValue.withUnsafeMutableBufferPointer { mask in
            _template.wrappedValue.withUnsafeMutableBufferPointer { template in
                guard let mask = mask.baseAddress, let template = template.baseAddress else {
                    return
                }
                for y in 0..<box.height {
                    let local = y * box.width
                    let index = (box.y + y) * pictureWidth + box.x
                    body(mask + local, template + local, index, box.width)
                }
            }
        }
    }
}
