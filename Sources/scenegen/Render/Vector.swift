internal import Glibc

/// A point, direction or linear RGB colour; metres where it is a place: x right, y ahead, z up.
typealias Vector = SIMD3<Float>

@inline(__always)
func dot(_ a: Vector, _ b: Vector) -> Float {
    a.x * b.x + a.y * b.y + a.z * b.z
}

@inline(__always)
func cross(_ a: Vector, _ b: Vector) -> Vector {
    Vector(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}

@inline(__always)
func length(_ a: Vector) -> Float {
    dot(a, a).squareRoot()
}

/// The direction of `a`, or straight up where it has none.
@inline(__always)
func normalized(_ a: Vector) -> Vector {
    let square = dot(a, a)
    return square > 1e-12 ? a / square.squareRoot() : Vector(0, 0, 1)
}

@inline(__always)
func mix(_ a: Vector, _ b: Vector, _ share: Float) -> Vector {
    a + (b - a) * share
}

@inline(__always)
func mix(_ a: Float, _ b: Float, _ share: Float) -> Float {
    a + (b - a) * share
}

@inline(__always)
func clamp(_ value: Float, _ low: Float = 0, _ high: Float = 1) -> Float {
    min(max(value, low), high)
}

/// 0 below `low`, 1 above `high`, smooth between.
@inline(__always)
func smoothstep(_ low: Float, _ high: Float, _ value: Float) -> Float {
    let t = clamp((value - low) / (high - low))
    return t * t * (3 - 2 * t)
}

/// `(cos, sin)` of an angle in radians.
func circle(_ angle: Float) -> SIMD2<Float> {
    SIMD2(cosf(angle), sinf(angle))
}

/// A turn about the vertical axis followed by a shift.
struct Placement {
    var origin: Vector
    private var axis: SIMD2<Float>

    /// `heading` is the direction of local +x, in radians from world +x towards +y.
    init(_ origin: Vector, heading: Float = 0) {
        self.origin = origin
        axis = circle(heading)
    }

    @inline(__always)
    func direction(_ v: Vector) -> Vector {
        Vector(v.x * axis.x - v.y * axis.y, v.x * axis.y + v.y * axis.x, v.z)
    }

    @inline(__always)
    func point(_ v: Vector) -> Vector {
        direction(v) + origin
    }
}
