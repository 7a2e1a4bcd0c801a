/// Painted details of a vehicle: windows, doors, lamps, plate, wheels.
///
/// Local x runs forward from the middle, y to the left, z up. A body surface's `accent` is
/// (half length, height of the belt line, height of the roof); the fraction of `color` is paint.
enum VehiclePaint {
    private static let glass = Vector(0.02, 0.024, 0.028)

    static func side(_ s: Surface, _ p: Vector) -> Sample {
        let (half, belt, roof) = (s.accent.x, s.accent.y, s.accent.z)
        let axle = half * 0.6
        let dx = min(abs(p.x - axle), abs(p.x + axle * 0.97))
        let arch = (dx * dx + (p.z - 0.32) * (p.z - 0.32)).squareRoot()
        if arch < 0.39 { return Sample(Vector(repeating: 0.012)) }
        if arch < 0.42 { return Sample(s.color * 0.6, gloss: 0.3) }
        if p.z < 0.3 { return Sample(Vector(repeating: 0.03), gloss: 0.05) }
        let isPillar = abs(p.x + half * 0.08) < 0.05 || p.x < -half * 0.8
        if p.z > belt + 0.05 && p.z < roof - 0.1 {
            return isPillar
                ? Sample(Vector(repeating: 0.03), gloss: 0.3) : Sample(glass, gloss: 0.75)
        }
        if p.z > belt && p.z < belt + 0.05 { return Sample(Vector(repeating: 0.06), gloss: 0.4) }
        let door = min(abs(p.x + half * 0.08), abs(p.x - half * 0.4), abs(p.x + half * 0.46))
        var color = s.color
        if door < 0.012 && p.z < belt { color *= 0.35 }
        let handle = min(abs(p.x + half * 0.02 - 0.1), abs(p.x + half * 0.4 - 0.1))
        if handle < 0.09 && abs(p.z - belt + 0.1) < 0.022 { color = Vector(repeating: 0.08) }
        if p.x < -half * 0.9 && abs(p.z - belt + 0.16) < 0.09 { color = Vector(0.35, 0.02, 0.02) }
        if p.x > half * 0.88 && abs(p.z - 0.64) < 0.08 { color = Vector(0.6, 0.6, 0.58) }
        return Sample(color * (0.72 + 0.28 * smoothstep(0.25, 0.8, p.z)), gloss: 0.5)
    }

    static func end(_ s: Surface, _ p: Vector) -> Sample {
        let (half, belt, roof) = (s.accent.x, s.accent.y, s.accent.z)
        if p.z > belt + 0.02 {
            let isGlass = p.z < roof - 0.07 && abs(p.y) < 0.72
            return isGlass ? Sample(glass, gloss: 0.85) : Sample(s.color, gloss: 0.5)
        }
        guard abs(p.x) > half * 0.78 else { return Sample(s.color, gloss: 0.55) }
        if p.z < 0.3 { return Sample(Vector(repeating: 0.03)) }
        if abs(p.y) < 0.25 && p.z > 0.4 && p.z < 0.52 {
            let dash = Wave.sine(p.y * 90) > 0 && abs(p.z - 0.46) < 0.035 && abs(p.y) < 0.21
            return Sample(dash ? Vector(0.75, 0.75, 0.78) : Vector(0.03, 0.09, 0.4), gloss: 0.1)
        }
        return p.x > 0 ? front(s, p) : rear(s, p, belt)
    }

    private static func front(_ s: Surface, _ p: Vector) -> Sample {
        if abs(p.y) > 0.45 && p.z > 0.54 && p.z < 0.72 {
            return Sample(Vector(repeating: 0.62), gloss: 0.6)
        }
        if abs(p.y) < 0.42 && p.z > 0.55 && p.z < 0.7 {
            let bar = Wave.sine(p.z * 160) > 0
            return Sample(Vector(repeating: bar ? 0.05 : 0.02), gloss: 0.1)
        }
        if abs(p.y) < 0.6 && p.z < 0.4 { return Sample(Vector(repeating: 0.025)) }
        return Sample(s.color, gloss: 0.5)
    }

    private static func rear(_ s: Surface, _ p: Vector, _ belt: Float) -> Sample {
        if abs(p.y) > 0.48 && p.z > belt - 0.26 && p.z < belt - 0.08 {
            return Sample(Vector(0.36, 0.02, 0.02), gloss: 0.5)
        }
        if abs(p.z - belt + 0.03) < 0.015 { return Sample(s.color * 0.4) }
        return Sample(s.color, gloss: 0.5)
    }

    static func wheel(_ s: Surface, _ p: Vector) -> Sample {
        let radius = (p.x * p.x + p.z * p.z).squareRoot()
        guard radius < s.accent.x * 0.66 else {
            return Sample(Vector(repeating: 0.018), gloss: 0.02)
        }
        let unit = p / max(radius, 0.001)
        // cos(5a) from cos(a): Chebyshev's polynomial.
        let c = unit.x
        let spoke = 16 * c * c * c * c * c - 20 * c * c * c + 5 * c
        let isSpoke = spoke > 0.25 || radius < s.accent.x * 0.2 || radius > s.accent.x * 0.58
        return Sample(Vector(repeating: isSpoke ? 0.42 : 0.05), gloss: isSpoke ? 0.35 : 0)
    }
}
