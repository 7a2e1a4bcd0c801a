/// Something that is there at one moment.
struct Figure {
    var mesh: Mesh
    /// Height of the ground that its shadow falls on, nil where it throws none.
    var ground: Float?
}

/// A ring of small waves around a place on the water.
struct Ring {
    var center: SIMD2<Float>
    var radius: Float
    /// Metres from crest to crest.
    var wave: Float
    var slope: Float
}

/// A patch of white water.
struct Froth {
    var center: SIMD2<Float>
    var radius: Float
    /// 0 to 1.
    var strength: Float
}

/// Everything that moves, as it is at one moment.
struct Moment {
    var figures: [Figure] = []
    var rings: [Ring] = []
    var froth: [Froth] = []

    /// Rings of what has moved along `way` on the water of late, which add up to a wake.
    mutating func addWake(
        _ way: (Float) -> SIMD2<Float>?,
        at time: Float,
        every step: Float = 0.15,
        for span: Float,
        speed: Float,
        wave: Float,
        slope: Float
    ) {
        let first = Int((time / step).rounded(.down))
        for index in 0..<Int(span / step) {
            let born = Float(first - index) * step
            let age = time - born
            guard born > 0, let center = way(born) else { continue }
            rings.append(
                Ring(
                    center: center,
                    radius: 0.05 + speed * age,
                    wave: wave,
                    slope: slope * (1 - age / (span + step)) * smoothstep(0, step, age)
                )
            )
        }
    }
}

/// Something that moves at the water.
protocol ShoreActor: Sendable {
    func show(at time: Float, on shore: Shore, in moment: inout Moment)
}
