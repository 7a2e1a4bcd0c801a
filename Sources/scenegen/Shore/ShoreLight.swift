import Glibc

/// A lamp that shines to all sides.
struct Lantern: Sendable {
    var position: Vector
    /// Light on a surface that faces it at 1 m.
    var color: Vector
}

/// The light over a piece of shore.
struct ShoreLight: Sendable {
    enum Kind: CaseIterable, Sendable {
        case sunny
        case overcast
        case lowSun
        case rain
        case night
    }

    var kind: Kind
    /// Direction to the sun.
    var sunDirection: Vector
    var sun: Vector
    var zenith: Vector
    var horizon: Vector
    var ground: Vector
    var lanterns: [Lantern] = []
    var exposure: Float
    /// Standard deviation of the sensor noise in grey levels.
    var noise: Float
    /// Part of the light that a kilometre of air replaces, in thousands.
    var haze: Float = 0.0013
    var clouds: Float = 0.7

    /// Colour of the sky along a ray of length 1.
    func sky(_ ray: Vector) -> Vector {
        let height = max(ray.z, 0)
        var color = mix(horizon, zenith, height.squareRoot())
        if clouds > 0 {
            let over = max(ray.z, 0.04) + 0.06
            let cover = Noise.fractal(ray.x / over, ray.y / over, octaves: 4, seed: 31)
            color = mix(color, horizon * 1.15, smoothstep(0.42, 0.72, cover) * clouds)
        }
        let near = max(0, dot(ray, sunDirection))
        guard sun.x > 0.2, near > 0.6 else { return color }
        let power = near * near * near * near
        return color + sun * (0.18 * power * power + (near > 0.9995 ? 8 : 0))
    }

    /// Light on a surface from everywhere but the sun.
    @inline(__always)
    func ambient(at place: Vector, normal: Vector) -> Vector {
        let up = 0.5 + 0.5 * normal.z
        var light = mix(ground, (zenith + horizon) * 0.5, up)
        for lantern in lanterns {
            let way = lantern.position - place
            let square = max(0.2, dot(way, way))
            let facing = max(0, dot(way, normal)) / square.squareRoot()
            light += lantern.color * ((0.15 + 0.85 * facing) / square)
        }
        return light
    }

    /// What the air leaves of a colour at a distance.
    @inline(__always)
    func through(_ color: Vector, distance: Float) -> Vector {
        mix(color, horizon * 0.95, 1 - 1 / (1 + distance * haze))
    }
}

extension ShoreLight {
    /// Light of a kind; `azimuth` is the direction in which the camera looks, in radians to the
    /// right of +y.
    init(_ kind: Kind, azimuth: Float, random: inout Random) {
        switch kind {
        case .sunny:
            let height = random.number(0.5, 1)
            let turn = azimuth + random.number(0.9, 5.3)
            self.init(
                kind: kind,
                sunDirection: Self.direction(turn, height),
                sun: Vector(2.5, 2.3, 1.95) * random.number(0.8, 1.05),
                zenith: Vector(0.36, 0.54, 0.85),
                horizon: Vector(0.78, 0.86, 0.95),
                ground: Vector(0.3, 0.28, 0.24),
                exposure: 0.62,
                noise: random.number(1.2, 2)
            )
            clouds = random.number(0, 0.9)
        case .lowSun:
            let turn = azimuth + random.number(-0.3, 0.3)
            self.init(
                kind: kind,
                sunDirection: Self.direction(turn, random.number(0.16, 0.4)),
                sun: Vector(2.6, 1.95, 1.25) * random.number(0.8, 1.1),
                zenith: Vector(0.34, 0.42, 0.6),
                horizon: Vector(0.98, 0.83, 0.66),
                ground: Vector(0.2, 0.18, 0.15),
                exposure: random.number(0.42, 0.55),
                noise: random.number(1.2, 2)
            )
            clouds = random.number(0, 0.5)
        case .overcast, .rain:
            let isRain = kind == .rain
            let gray = isRain ? random.number(0.35, 0.6) : random.number(0.7, 1)
            self.init(
                kind: kind,
                sunDirection: normalized(Vector(0.3, -0.2, 0.9)),
                sun: Vector(0.2, 0.2, 0.2) * gray,
                zenith: Vector(0.78, 0.82, 0.88) * gray,
                horizon: Vector(0.9, 0.92, 0.94) * gray,
                ground: Vector(0.27, 0.27, 0.25) * gray,
                exposure: 0.85 / gray.squareRoot(),
                noise: isRain ? random.number(1.8, 3) : random.number(1.2, 2)
            )
            haze = isRain ? random.number(0.003, 0.008) : 0.0016
        case .night:
            self.init(
                kind: kind,
                sunDirection: normalized(Vector(0.5, -0.6, 0.7)),
                sun: Vector(repeating: 0),
                zenith: Vector(0.02, 0.024, 0.036) * random.number(0.7, 1.5),
                horizon: Vector(0.055, 0.052, 0.055),
                ground: Vector(0.012, 0.012, 0.012),
                exposure: random.number(1.5, 2.2),
                noise: random.number(3, 5)
            )
        }
    }

    private static func direction(_ azimuth: Float, _ height: Float) -> Vector {
        let (turn, rise) = (circle(azimuth), circle(height))
        return Vector(turn.y * rise.x, turn.x * rise.x, rise.y)
    }
}
