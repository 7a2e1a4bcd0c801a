/// A lamp that lights a cone, such as a headlight.
struct Lamp {
    var position: Vector
    var direction: Vector
    var color: Vector
}

/// The light and the state of the camera at one moment.
struct Atmosphere {
    /// Light of the sun on a surface that faces it.
    var sun = Vector(2.5, 2.3, 1.95)
    /// Light from above and its colour in mirrors.
    var sky = Vector(0.62, 0.74, 0.9)
    /// Light thrown back by the ground.
    var ground = Vector(0.3, 0.28, 0.25)
    /// Drift of the clouds in metres, and how much sun they take, 0 to 1.
    var cloudOffset = SIMD2<Float>(0, 0)
    var cloudCover: Float = 0
    /// How brightly lit windows and lanterns shine.
    var glow: Float = 0
    var lamps: [Lamp] = []
    var exposure: Float = 0.62
    /// Standard deviation of the sensor noise in grey levels, in the mid-tones.
    var noise: Float = 1.5

    /// Share of the sun that the clouds leave at a place on the ground.
    @inline(__always)
    func cloudLight(_ x: Float, _ y: Float) -> Float {
        guard cloudCover > 0 else { return 1 }
        let (u, v) = ((x + cloudOffset.x) / 34, (y + cloudOffset.y) / 34)
        let density = Noise.fractal(u, v, octaves: 3, seed: 77)
        return 1 - cloudCover * smoothstep(0.47, 0.62, density)
    }

    /// Colour of the surroundings in a mirror that throws the view into `direction`.
    @inline(__always)
    func reflection(_ direction: Vector) -> Vector {
        if direction.z <= 0 { return ground * 0.5 }
        let wall = 1 - smoothstep(0.1, 0.35, direction.z)
        return mix(sky * (1.35 - 0.5 * direction.z), ground * 0.9, wall * 0.8)
    }

    /// Light of the lamps on a surface.
    @inline(__always)
    func lampLight(at place: Vector, normal: Vector) -> Vector {
        var sum = Vector(repeating: 0)
        for lamp in lamps {
            let path = place - lamp.position
            let ahead = dot(path, lamp.direction)
            guard ahead > 0.3 else { continue }
            let square = dot(path, path)
            let cosine = ahead / square.squareRoot()
            guard cosine > 0.86 else { continue }
            let facing = max(0, -dot(normal, path)) / square.squareRoot()
            let cone = smoothstep(0.86, 0.985, cosine)
            sum += lamp.color * (cone * (facing + 0.03) / (1 + square * 0.03))
        }
        return sum
    }
}

/// A place where something stands so near the ground that the sky does not reach it.
struct Contact {
    var center: SIMD2<Float>
    var heading: Float = 0
    var half: SIMD2<Float>
    /// How far the darkness reaches beyond the footprint, in metres.
    var reach: Float = 0.6
    /// Share of the sky's light taken right beneath.
    var strength: Float = 0.8

    /// Share of the sky's light left at a place on the ground.
    @inline(__always)
    func skyLight(_ x: Float, _ y: Float, axis: SIMD2<Float>) -> Float {
        let offset = SIMD2(x, y) - center
        let u = abs(offset.x * axis.x + offset.y * axis.y) - half.x
        let v = abs(offset.y * axis.x - offset.x * axis.y) - half.y
        let outside = (max(u, 0) * max(u, 0) + max(v, 0) * max(v, 0)).squareRoot()
        let inside = min(max(u, v), 0)
        return 1 - strength * (1 - smoothstep(-0.5 * reach, reach, outside + inside))
    }
}

/// Something that is there at one moment.
struct Prop {
    var mesh: Mesh
    var contacts: [Contact] = []
    var castsShadow = true
}
