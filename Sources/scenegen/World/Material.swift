/// What a material looks like at one point.
struct Sample {
    var albedo: Vector
    /// Share of mirror-like reflection, 0 to 1.
    var gloss: Float = 0
    var emission = Vector(repeating: 0)
    /// Whether `emission` only shines when lanterns are lit.
    var isLantern = false
    /// False where one looks through.
    var isSolid = true

    init(_ albedo: Vector, gloss: Float = 0) {
        self.albedo = albedo
        self.gloss = gloss
    }
}

/// How a surface gets its colour from its local coordinates.
enum Material {
    /// Even colour with a little unevenness; `accent.x` is gloss.
    case plain
    case asphalt
    /// Slabs of `accent.x` by `accent.y` metres.
    case paving
    /// Worn road paint.
    case marking
    case grass
    /// Earth, sand and stones of a bank.
    case earth
    /// Earth of `color` at the water, grass above it; `local.z` is metres from the water, negative
    /// on land, `accent.x` where grass begins, `accent.y` how raggedly.
    case bank
    /// House front: `local` is across, up; `accent.x` seed, `accent.y` storey height.
    case facade
    /// Shop front below a house: `accent.x` seed.
    case shop
    case leaf
    case bark
    /// Sides, ends and roof of a vehicle's body; `accent` as `Vehicle` fills it.
    case bodySide
    case bodyEnd
    case bodyTop
    case wheel
    case cardboard
    /// Ribbed metal of a lorry's box or a roller shutter.
    case ribbed
    /// Shines by itself, `accent.x` times its colour.
    case light
    case cloth
    case mesh

    @inline(__always)
    func sample(_ s: Surface, local: Vector, normal: Vector, footprint: Float) -> Sample {
        switch self {
        case .plain, .cloth: Self.plain(s, local, footprint)
        case .asphalt: Sample(Self.asphalt(s, local, footprint))
        case .paving: Sample(Self.paving(s, local, footprint))
        case .marking: Self.marking(s, local, footprint)
        case .grass: Sample(Self.grass(s, local, footprint))
        case .earth: Sample(Self.earth(s, local, footprint))
        case .bank: Sample(Self.bank(s, local, footprint))
        case .facade: Facade.wall(s, local, footprint)
        case .shop: Facade.shop(s, local, footprint)
        case .leaf: Self.leaf(s, local)
        case .bark: Sample(s.color * (0.6 + 0.8 * Noise.value(local.x * 30, local.z * 4, 5)))
        case .bodySide: VehiclePaint.side(s, local)
        case .bodyEnd: VehiclePaint.end(s, local)
        case .bodyTop: Sample(s.color, gloss: 0.55)
        case .wheel: VehiclePaint.wheel(s, local)
        case .cardboard: Self.cardboard(s, local, footprint)
        case .ribbed: Self.ribbed(s, local, footprint)
        case .light: Self.light(s)
        case .mesh: Self.railing(s, local)
        }
    }

    private static func plain(_ s: Surface, _ p: Vector, _ footprint: Float) -> Sample {
        let fine = Noise.fractal(
            (p.x + p.z * 0.7) * 9,
            (p.y + p.z) * 9,
            octaves: 3,
            footprint: footprint * 9,
            seed: 3
        )
        return Sample(s.color * (0.82 + 0.36 * fine), gloss: s.accent.x)
    }

    private static func light(_ s: Surface) -> Sample {
        var sample = Sample(s.color * 0.5, gloss: 0.2)
        sample.emission = s.color * s.accent.x
        return sample
    }

    static func asphalt(_ s: Surface, _ p: Vector, _ footprint: Float) -> Vector {
        let grain = Noise.fractal(
            p.x * 26,
            p.y * 26,
            octaves: 4,
            footprint: footprint * 26,
            seed: 11
        )
        let stain = Noise.fractal(p.x * 0.55, p.y * 0.55, octaves: 5, seed: 12)
        var color = s.color * (0.62 + 0.5 * grain + 0.3 * stain)
        let patch = Noise.fractal(p.x * 0.16 + 7, p.y * 0.3, octaves: 2, seed: 13)
        color *= 1 - 0.18 * smoothstep(0.6, 0.63, patch)
        let bend = Noise.fractal(p.x * 0.5, p.y * 0.5, octaves: 4, seed: 14)
        let crack = abs(Noise.fractal(p.x * 0.33, p.y * 0.33, octaves: 5, seed: 15) - 0.5)
        let width = 0.004 + footprint * 0.12
        color *= 1 - 0.4 * (1 - smoothstep(width * 0.4, width, crack)) * smoothstep(0.4, 0.6, bend)
        let oil = Noise.value(p.x * 0.8, p.y * 0.8, 16)
        return color * (1 - 0.25 * smoothstep(0.8, 0.95, oil))
    }

    private static func paving(_ s: Surface, _ p: Vector, _ footprint: Float) -> Vector {
        let row = (p.y / s.accent.y).rounded(.down)
        let shifted = p.x / s.accent.x + (Int(clamp(row, -1e6, 1e6)) & 1 == 0 ? 0.5 : 0)
        let column = shifted.rounded(.down)
        let tint = Noise.hash(Int32(clamp(column, -1e6, 1e6)), Int32(clamp(row, -1e6, 1e6)), 21)
        let u = min(shifted - column, 1 - (shifted - column)) * s.accent.x
        let v = (p.y / s.accent.y - row) * s.accent.y
        let edge = min(u, min(v, s.accent.y - v))
        let fade = 1 - smoothstep(0.02, 0.12, footprint)
        let joint = (1 - smoothstep(0.004, 0.014 + footprint, edge)) * fade
        let dirt = Noise.fractal(p.x * 0.7, p.y * 0.7, octaves: 5, seed: 22)
        let grain = Noise.fractal(
            p.x * 30,
            p.y * 30,
            octaves: 3,
            footprint: footprint * 30,
            seed: 23
        )
        let base = s.color * (0.66 + 0.2 * (tint - 0.5) * fade + 0.42 * dirt + 0.24 * grain)
        let gum = Noise.value(p.x * 5, p.y * 5, 24)
        return base * (1 - 0.42 * joint) * (1 - 0.25 * smoothstep(0.9, 0.96, gum))
    }

    private static func marking(_ s: Surface, _ p: Vector, _ footprint: Float) -> Sample {
        let wear = Noise.fractal(p.x * 4, p.y * 4, octaves: 5, footprint: footprint * 4, seed: 41)
        let dirt = Noise.fractal(p.x * 0.6, p.y * 0.6, octaves: 3, seed: 42)
        let share = 1 - smoothstep(0.56, 0.72, wear)
        let road = asphalt(Surface(material: .asphalt, color: s.accent), p, footprint)
        return Sample(mix(road, s.color * (0.75 + 0.4 * dirt), 0.15 + 0.8 * share))
    }

    private static func grass(_ s: Surface, _ p: Vector, _ footprint: Float) -> Vector {
        let blades = Noise.fractal(
            p.x * 18,
            p.y * 9,
            octaves: 4,
            footprint: footprint * 18,
            seed: 51
        )
        let tufts = Noise.fractal(p.x * 1.7, p.y * 1.7, octaves: 4, seed: 52)
        let bare = Noise.fractal(p.x * 0.4, p.y * 0.4, octaves: 4, seed: 53)
        let green = mix(s.color, s.color * Vector(1.5, 1.2, 0.8), tufts) * (0.45 + 0.9 * blades)
        let soil = Vector(0.24, 0.19, 0.13) * (0.6 + 0.6 * blades)
        return mix(green, soil, smoothstep(0.58, 0.72, bare))
    }

    private static func earth(_ s: Surface, _ p: Vector, _ footprint: Float) -> Vector {
        let stones = Noise.fractal(
            p.x * 7,
            p.y * 7,
            octaves: 4,
            footprint: footprint * 7,
            seed: 61
        )
        let broad = Noise.fractal(p.x * 0.9, p.y * 0.9, octaves: 4, seed: 62)
        let wet = smoothstep(-0.55, -0.95, p.z)
        return s.color * (0.45 + 0.5 * stones + 0.45 * broad) * (1 - 0.45 * wet)
    }

    private static func bank(_ s: Surface, _ p: Vector, _ footprint: Float) -> Vector {
        let ragged = Noise.fractal(p.x * 0.9, p.y * 0.9, octaves: 4, seed: 64) - 0.5
        let above = -p.z - s.accent.x + ragged * 3 * s.accent.y
        let share = smoothstep(-0.25, 0.25, above)
        let soil = share < 1 ? earth(s, Vector(p.x, p.y, 0), footprint) : s.color
        guard share > 0 else { return soil }
        let green = Surface(material: .grass, color: Vector(0.105, 0.155, 0.045))
        return mix(soil, grass(green, p, footprint), share)
    }

    private static func leaf(_ s: Surface, _ p: Vector) -> Sample {
        var sample = Sample(s.color)
        let edge = p.x * p.x * 1.3 + p.y * p.y + 0.5 * Noise.value(p.x * 3 + p.z, p.y * 3, 71)
        sample.isSolid = edge < 1.05
        return sample
    }

    private static func cardboard(_ s: Surface, _ p: Vector, _ footprint: Float) -> Sample {
        let fibre = Noise.fractal(p.x * 14 + p.y, p.z * 22, octaves: 3, seed: 81)
        var color = s.color * (0.8 + 0.35 * fibre)
        let tape = abs(p.y - s.accent.y / 2) < 0.03
        if tape { color = mix(color, Vector(0.62, 0.5, 0.3), 0.6) }
        let isLabel =
            p.z > s.accent.z * 0.5 && p.z < s.accent.z * 0.8 && p.x > s.accent.x * 0.55
            && p.x < s.accent.x * 0.9
        if isLabel { color = Vector(repeating: 0.75) }
        return Sample(color, gloss: tape ? 0.1 : 0)
    }

    private static func ribbed(_ s: Surface, _ p: Vector, _ footprint: Float) -> Sample {
        let across = (p.x * s.accent.x + p.z * s.accent.z)
        let rib = Wave.sine(across * 6.2831853)
        let dirt = Noise.fractal(p.x * 0.8, p.z * 1.5, octaves: 4, seed: 91)
        let fade = 1 - smoothstep(0.1, 0.4, footprint * max(s.accent.x, s.accent.z))
        return Sample(s.color * (0.85 + 0.06 * rib * fade + 0.25 * (dirt - 0.5)), gloss: 0.12)
    }

    private static func railing(_ s: Surface, _ p: Vector) -> Sample {
        var sample = Sample(s.color, gloss: 0.1)
        let bar = p.x * 7 - (p.x * 7).rounded(.down)
        sample.isSolid = bar < 0.22 || p.z > 0.92 || (p.z > 0.08 && p.z < 0.15)
        return sample
    }
}
