import Detection
import Imaging
import Scene

/// A small street in code: a textured ground with sensor noise, and things on it.
struct Street: Sendable {
    /// What the ground is made of.
    enum Ground {
        /// Fine grey texture, too little of it to recognise the view by.
        case asphalt
        /// Coloured stones of all sizes, by which the view is recognised.
        case paving
    }

    let width: Int
    let height: Int
    private let ground: Canvas
    /// The light of the infra-red lamp, in 256ths.
    private let lamp: [Int32]

    /// A thing: a patterned rectangle.
    struct Thing {
        var box: PixelBox
        var level: Int
        var seed: Int
        /// Distance of blue and red from grey.
        var tint = (blue: 0, red: 0)
    }

    /// How far beyond its edges the street is known, for a camera that shakes.
    static let margin = 10

    init(
        seed: Int = 1,
        _ kind: Ground = .asphalt,
        width: Int = 320,
        height: Int = 180
    ) {
        self.width = width
        self.height = height
        var ground = Canvas(width: width + 2 * Self.margin, height: height + 2 * Self.margin)
        for y in 0..<ground.height {
            for x in 0..<ground.width {
                let (column, row) = (x - Self.margin, y - Self.margin)
                let coarse = Self.hash(column / 12, row / 12, seed) % 24
                let fine = Self.hash(column, row, seed + 1) % 9
                var level = 100 + coarse + fine
                if kind == .paving {
                    level += Self.hash(x / 3, y / 3, seed + 2) % 45 - 22
                    level += Self.hash(x / 70, y / 70, seed + 3) % 70 - 35
                }
                ground.luma[y * ground.width + x] = UInt8(clamping: level)
            }
        }
        if kind == .paving { ground.paint(seed: seed) }
        self.ground = ground
        lamp = (0..<(width * height)).map { index in
            let x = Double(index % width) / Double(width) - 0.5
            let y = (Double(index / width) - Double(height) / 2) / Double(width)
            return Int32((0.55 + 0.75 / (1 + 12 * (x * x + y * y))) * 256)
        }
    }

    /// The street with things on it.
    ///
    /// - Parameters:
    ///   - things: drawn in order, later ones in front.
    ///   - frame: number of the frame, for its noise.
    ///   - gain: brightness of the picture.
    /// - Returns: the picture.
    func picture(_ things: [Thing], frame: Int, gain: Double = 1) -> Picture {
        var shot = Shot(things)
        shot.gain = gain
        return picture(shot, frame: frame)
    }

    /// What the camera gives of the street.
    func picture(_ shot: Shot, frame: Int) -> Picture {
        var canvas = ground
        for shadow in shot.shadows { canvas.darken(shadow, to: shot.shade) }
        for thing in shot.things { canvas.draw(thing) }
        var picture = Picture(width: width, height: height)
        let (left, top) = (Self.margin - shot.shift.x, Self.margin - shot.shift.y)
        let levels = shot.levels
        for y in 0..<height {
            let row = (y + top) * canvas.width + left
            for x in 0..<width {
                let level = levels[Int(canvas.luma[row + x])]
                let index = y * width + x
                let lit = shot.isInfrared ? (Int32(level) * lamp[index]) >> 8 : Int32(level)
                picture.luma.samples[index] = UInt8(clamping: lit)
            }
        }
        if !shot.isInfrared {
            canvas.blue.withUnsafeBufferPointer { blue in
                canvas.red.withUnsafeBufferPointer { red in
                    for y in 0..<picture.blue.height {
                        for x in 0..<picture.blue.width {
                            let (column, row) = (2 * x + left, 2 * y + top)
                            picture.blue[x, y] = canvas.chroma(blue, column, row)
                            picture.red[x, y] = canvas.chroma(red, column, row)
                        }
                    }
                }
            }
        }
        shot.spoil(&picture)
        let noise = shot.noise ?? frame
        for index in picture.luma.samples.indices {
            let level = Int(picture.luma.samples[index])
            picture.luma.samples[index] = UInt8(
                clamping: level + Self.hash(index, noise, 7) % 5 - 2
            )
        }
        shot.damage(&picture)
        return picture
    }

    /// Runs a detector at five frames a second over a scene that a function of time describes.
    static func run(
        seconds: Double,
        gain: (Double) -> Double = { _ in 1 },
        _ scene: (Double) -> [Thing]
    ) -> [FrameObservations] {
        film(seconds: seconds, on: Street()) { time in
            var shot = Shot(scene(time))
            shot.gain = gain(time)
            return shot
        }
    }

    /// Runs a detector at five frames a second over shots of a street.
    ///
    /// - Parameters:
    ///   - seconds: how long.
    ///   - street: the street.
    ///   - options: what the detector is told.
    ///   - shot: what there is to see at a time in seconds.
    ///   - look: sees the detector after every picture.
    /// - Returns: what the detector reported of every picture.
    static func film(
        seconds: Double,
        on street: Street,
        options: DetectorOptions = DetectorOptions(),
        _ shot: (Double) -> Shot,
        look: (borrowing Detector, FrameObservations) -> Void = { _, _ in }
    ) -> [FrameObservations] {
        var detector = Detector(options: options)
        return (0..<Int(seconds * 5)).map { frame in
            let time = Double(frame) / 5
            let picture = street.picture(shot(time), frame: frame)
            let seen = picture.withView { detector.step($0, at: MediaTime(seconds: time)) }
            look(detector, seen)
            return seen
        }
    }

    static func hash(_ a: Int, _ b: Int, _ c: Int) -> Int {
        var z = UInt64(bitPattern: Int64(a &* 73_856_093 ^ b &* 19_349_663 ^ c &* 83_492_791))
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) >> 33)
    }
}

extension FrameObservations {
    /// Whether something stands.
    var showsStanding: Bool {
        objects.contains { $0.mobility == .static }
    }
}

extension [FrameObservations] {
    /// The report of the frame at that second.
    func frame(_ second: Double) -> FrameObservations {
        self[Int((second * 5).rounded())]
    }

    /// The observations of the frame at that second.
    func at(_ second: Double) -> [Observation] {
        frame(second).objects
    }

    /// What stands at that second.
    func standing(_ second: Double) -> [Observation] {
        at(second).filter { $0.mobility == .static }
    }

    /// The frames from a second up to another.
    func between(_ first: Double, _ last: Double) -> [FrameObservations] {
        filter { $0.time.seconds >= first - 0.01 && $0.time.seconds < last - 0.01 }
    }

    /// The numbers of all that stood together in some frame from a second up to another.
    func companies(_ first: Double, _ last: Double) -> Set<[ObjectID]> {
        Set(
            between(first, last).map { frame in
                frame.objects.filter { $0.mobility == .static }.map(\.id)
            }
        )
    }

    /// Since when something stood, by every frame from a second up to another that tells of it.
    func beginnings(of id: ObjectID, _ first: Double, _ last: Double) -> Set<MediaTime> {
        Set(between(first, last).flatMap(\.objects).filter { $0.id == id }.map(\.since))
    }

    /// The numbers of all that ever stood.
    var everStood: Set<ObjectID> {
        Set(flatMap(\.objects).filter { $0.mobility == .static }.map(\.id))
    }
}
