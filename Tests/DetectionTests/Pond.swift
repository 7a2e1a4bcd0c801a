import Imaging
import Scene

@testable import Detection

/// A pond in code: a paved bank above, water below, and things on both.
///
/// Pictures of 320 by 180 at eight a second; a person is 40 rows high everywhere.
struct Pond {
    /// What the water does.
    enum Surface {
        /// Nothing.
        case calm
        /// Light and dark patches come and go everywhere.
        case ripples
        /// Bright spots jump about, as under a low sun.
        case glints
        /// The surface moves to the right, by so many pixels a second.
        case stream(Double)
    }

    /// What the camera sees at one moment.
    struct View {
        var surface = Surface.calm
        /// First row of the water.
        var shore = Self.usualShore
        var things: [Street.Thing] = []
        /// Whether each thing has an image below it.
        var isMirror = false
        var gain = 1.0
        /// Share of the contrast that fog takes.
        var fog = 0.0
        /// Drops a picture.
        var rain = 0

        static let usualShore = 60
    }

    static let (width, height) = (320, 180)
    static let rate = 8.0
    static let zone = DetectorOptions.Zone(
        id: ZoneID(rawValue: "pond"),
        polygon: Polygon(
            [(0, 0.34), (1, 0.34), (1, 1), (0, 1)].map { NormalizedPoint(x: $0.0, y: $0.1) }
        ),
        isUrgent: true
    )
    static let options = DetectorOptions(
        scale: PersonScale(slope: 0, intercept: 40 / Double(height)),
        zones: [zone]
    )
    private static let street = Street(.paving)

    /// Runs a detector over views of the pond.
    static func film(
        seconds: Double,
        options: DetectorOptions = options,
        _ view: (Double) -> View,
        look: (borrowing Detector, FrameObservations) -> Void = { _, _ in }
    ) -> [FrameObservations] {
        var detector = Detector(options: options)
        return (0..<Int(seconds * rate)).map { frame in
            let time = Double(frame) / rate
            let seen = picture(view(time), frame: frame).withView {
                detector.step($0, at: MediaTime(seconds: time))
            }
            look(detector, seen)
            return seen
        }
    }

    /// What the camera gives of the pond.
    static func picture(_ view: View, frame: Int) -> Picture {
        var picture = street.picture([], frame: frame)
        let time = Double(frame) / rate
        for y in view.shore..<height {
            for x in 0..<width {
                let noise = Street.hash(x + 400 * y, frame, 7) % 5 - 2
                let level = Self.level(view.surface, x, y, frame, time) + noise
                picture.luma[x, y] = UInt8(clamping: level)
            }
        }
        if case .glints = view.surface { glitter(&picture, view.shore, frame) }
        for thing in view.things { draw(thing, isMirror: view.isMirror, in: &picture) }
        pour(view.rain, frame, into: &picture)
        if view.gain != 1 || view.fog > 0 {
            for index in picture.luma.samples.indices {
                let clear = Double(picture.luma.samples[index]) * view.gain
                let level = clear + (150 - clear) * view.fog
                picture.luma.samples[index] = UInt8(clamping: Int(level))
            }
        }
        return picture
    }

    private static func level(
        _ surface: Surface,
        _ x: Int,
        _ y: Int,
        _ frame: Int,
        _ time: Double
    ) -> Int {
        switch surface {
        case .calm, .glints: return 70 + Street.hash(x / 5, y / 3, 3) % 12
        case .ripples:
            let (column, row) = ((x + 3 * y) / 14, y / 4)
            let phase = Street.hash(column, row, 5) % 6
            let swell = Street.hash(column, row, (frame + phase) / 3) % 60
            return 60 + swell
        case .stream(let speed):
            let shifted = x + 4_000 - Int(time * speed)
            return 60 + Street.hash(shifted / 4, y / 4, 9) % 40
        }
    }

    private static func glitter(_ picture: inout Picture, _ shore: Int, _ frame: Int) {
        for spot in 0..<36 {
            let x = 120 + Street.hash(spot, frame, 21) % 90
            let y = shore + 10 + Street.hash(spot, frame, 22) % (height - shore - 24)
            let (columns, rows) = (4 + spot % 9, 3 + spot % 5)
            for row in y..<min(height, y + rows) {
                for column in x..<min(width, x + columns) { picture.luma[column, row] = 240 }
            }
        }
    }

    private static func draw(_ thing: Street.Thing, isMirror: Bool, in picture: inout Picture) {
        let box = thing.box
        func set(_ x: Int, _ y: Int, _ level: Int) {
            guard x >= 0, x < width, y >= 0, y < height else { return }
            picture.luma[x, y] = UInt8(clamping: level)
        }
        for row in 0..<box.height {
            for column in 0..<box.width {
                let pattern = Street.hash(column / 7, row / 7, thing.seed) % 90
                let level = thing.level + pattern
                set(box.x + column, box.y + row, level)
                guard isMirror else { continue }
                set(box.x + column, box.maxY + 2 + box.height - 1 - row, (level * 3 + 70) / 4)
            }
        }
    }

    private static func pour(_ drops: Int, _ frame: Int, into picture: inout Picture) {
        for drop in 0..<drops {
            let x = Street.hash(drop, frame, 31) % (width - 2)
            let y = Street.hash(drop, frame, 32) % (height - 16)
            for row in y..<(y + 14) {
                for column in x..<(x + 2) {
                    picture.luma[column, row] = UInt8(
                        clamping: Int(picture.luma[column, row]) + 60
                    )
                }
            }
        }
    }

    /// Somebody, or something, that begins at a column and moves to the right.
    static func mover(
        _ time: Double,
        from start: Double,
        x: Int = 20,
        y: Int = 90,
        speed: Double = 18,
        width: Int = 14,
        height: Int = 40,
        level: Int = 150,
        seed: Int = 5
    ) -> [Street.Thing] {
        guard time >= start else { return [] }
        let column = x + Int((time - start) * speed)
        let box = PixelBox(x: column, y: y, width: width, height: height)
        return [Street.Thing(box: box, level: level, seed: seed)]
    }
}

extension [FrameObservations] {
    /// What a zone at the water counts, by frame, from a second up to another.
    func counted(_ first: Double, _ last: Double) -> [[Observation]] {
        between(first, last).map { frame in
            frame.objects.filter { object in
                guard object.isVisible, object.mobility == .moving else { return false }
                return switch object.classification.objectClass {
                case .person: true
                case .unknown: object.confidence >= 0.5
                default: false
                }
            }
        }
    }

    /// The numbers of all that a zone counts in twelve of sixteen frames in a row, which is enough
    /// for an alert after two seconds.
    func alerting(_ first: Double, _ last: Double) -> Set<ObjectID> {
        let ids = counted(first, last).map { Set($0.map(\.id)) }
        var alerting: Set<ObjectID> = []
        for start in ids.indices.dropLast(15) {
            for id in ids[start]
            where ids[start..<(start + 16)].count(where: { $0.contains(id) }) >= 12 {
                alerting.insert(id)
            }
        }
        return alerting
    }

    /// The faults that are told in some frame from a second up to another.
    func told(_ first: Double, _ last: Double) -> Set<CameraFault> {
        Set(between(first, last).flatMap(\.faults).map(\.fault))
    }
}
