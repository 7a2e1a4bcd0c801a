import Imaging
import Scene

/// What there is to see of a street at one moment, and what the camera makes of it.
struct Shot {
    /// What is wrong with the picture.
    enum Damage {
        /// The lens is out of focus.
        case blurred
        /// Something dark and brown covers the lens.
        case blocked
        /// No light comes in.
        case black
        /// The lower part repeats its first row, as where data was lost.
        case smeared
        /// The lower part is grey, as where data was lost.
        case grey
    }

    var things: [Street.Thing]
    var shadows: [PixelBox] = []
    /// What is left of the light in a shadow.
    var shade = 0.5
    var gain = 1.0
    var gamma = 1.0
    /// Whether the camera sees by its infra-red lamp, without colour.
    var isInfrared = false
    /// Where the street is found, relative to its place, ten pixels at most.
    var shift = (x: 0, y: 0)
    var wrong: Damage?
    /// Number of the frame whose noise it has; nil for its own.
    var noise: Int?

    init(_ things: [Street.Thing] = []) {
        self.things = things
    }

    /// The level that each level of the street gets.
    var levels: [UInt8] {
        let gamma = isInfrared ? 0.8 : gamma
        return (0...255).map { level in
            let curved = gamma == 1 ? Double(level) : 255 * power(Double(level) / 255, gamma)
            return UInt8(clamping: Int((curved * gain).rounded()))
        }
    }

    /// What goes wrong before the sensor.
    func spoil(_ picture: inout Picture) {
        switch wrong {
        case .blurred:
            picture.luma = picture.luma.blurred(radius: 9)
        case .blocked:
            for index in picture.luma.samples.indices {
                let (x, y) = (index % picture.width, index / picture.width)
                picture.luma.samples[index] = UInt8(70 + x * 20 / picture.width + y / 20)
            }
            picture.dye(blue: 120, red: 137)
        case .black:
            for index in picture.luma.samples.indices { picture.luma.samples[index] = 14 }
            picture.dye(blue: 128, red: 128)
        case .smeared, .grey, nil: break
        }
    }

    /// What goes wrong behind the sensor.
    func damage(_ picture: inout Picture) {
        guard wrong == .smeared || wrong == .grey else { return }
        let first = picture.height * 6 / 10
        for y in first..<picture.height {
            for x in 0..<picture.width {
                picture.luma[x, y] = wrong == .grey ? 128 : picture.luma[x, first - 1]
            }
        }
    }

    /// A power by repeated square roots, which is the same on every machine.
    private func power(_ base: Double, _ exponent: Double) -> Double {
        var (result, root, rest) = (1.0, base, exponent)
        for _ in 0..<20 {
            root = root.squareRoot()
            rest *= 2
            if rest >= 1 {
                result *= root
                rest -= 1
            }
        }
        return result
    }
}

/// A street from above its edges: luma, and chroma at half of its columns and rows.
struct Canvas {
    let width: Int
    let height: Int
    var chromaWidth: Int { (width + 1) / 2 }
    var luma: [UInt8]
    var blue: [UInt8]
    var red: [UInt8]

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        luma = [UInt8](repeating: 0, count: width * height)
        blue = [UInt8](repeating: 128, count: (width + 1) / 2 * ((height + 1) / 2))
        red = blue
    }

    /// The chroma of the square of two by two pixels that begins there.
    @inline(__always)
    func chroma(_ plane: UnsafeBufferPointer<UInt8>, _ x: Int, _ y: Int) -> UInt8 {
        let (left, top) = (x >> 1, y >> 1)
        let (right, bottom) = ((x + 1) >> 1, (y + 1) >> 1)
        let above = Int(plane[top * chromaWidth + left]) + Int(plane[top * chromaWidth + right])
        let below =
            Int(plane[bottom * chromaWidth + left]) + Int(plane[bottom * chromaWidth + right])
        return UInt8((above + below + 2) >> 2)
    }

    /// Gives each stone a colour.
    mutating func paint(seed: Int) {
        for index in blue.indices {
            let (x, y) = (index % chromaWidth / 6, index / chromaWidth / 6)
            blue[index] = UInt8(120 + Street.hash(x, y, seed + 4) % 9)
            red[index] = UInt8(126 + Street.hash(x, y, seed + 5) % 9)
        }
    }

    /// Draws a thing, given in pixels of the picture.
    mutating func draw(_ thing: Street.Thing) {
        let margin = Street.margin
        let (left, top) = (thing.box.x + margin, thing.box.y + margin)
        for y in max(0, top)..<max(0, top, min(height, top + thing.box.height)) {
            for x in max(0, left)..<max(0, left, min(width, left + thing.box.width)) {
                let pattern = Street.hash((x - left) / 7, (y - top) / 7, thing.seed) % 50
                luma[y * width + x] = UInt8(clamping: thing.level + pattern)
                let chroma = y / 2 * chromaWidth + x / 2
                blue[chroma] = UInt8(clamping: 128 + thing.tint.blue)
                red[chroma] = UInt8(clamping: 128 + thing.tint.red)
            }
        }
    }

    /// Leaves a share of the light to a part of the picture.
    mutating func darken(_ box: PixelBox, to share: Double) {
        let margin = Street.margin
        for y in (box.y + margin)..<(box.maxY + margin) {
            for x in (box.x + margin)..<(box.maxX + margin) {
                luma[y * width + x] = UInt8(Double(luma[y * width + x]) * share)
            }
        }
    }
}

extension Picture {
    /// Gives everything the same colour.
    fileprivate mutating func dye(blue level: UInt8, red other: UInt8) {
        blue = Plane(width: blue.width, height: blue.height, filledWith: level)
        red = Plane(width: red.width, height: red.height, filledWith: other)
    }
}

extension Plane {
    /// The mean over a square, along rows and then along columns.
    fileprivate func blurred(radius: Int) -> Plane {
        var (across, down) = (self, self)
        for y in 0..<height {
            for x in 0..<width {
                let span = max(0, x - radius)...min(width - 1, x + radius)
                across[x, y] = UInt8(span.reduce(0) { $0 + Int(self[$1, y]) } / span.count)
            }
        }
        for y in 0..<height {
            let span = max(0, y - radius)...min(height - 1, y + radius)
            for x in 0..<width {
                down[x, y] = UInt8(span.reduce(0) { $0 + Int(across[x, $1]) } / span.count)
            }
        }
        return down
    }
}
