/// How the water of a scene looks and runs.
struct WaterLook: Sendable {
    /// Colour of deep water.
    var body: Vector
    /// Share of light that a metre of water takes, as the exponent's factor.
    var murk: Float
    /// Square root of the mean square slope.
    var roughness: Float
    /// Metres a second that everything on the water runs downstream.
    var drift: SIMD2<Float>
    /// Direction in which the small waves run over the drift.
    var wind: SIMD2<Float>
    /// Share of the waterline that is white, 0 to 1.
    var foam: Float
    /// Share of the open water with lines of foam and scum, 0 to 1.
    var scum: Float
    /// Drops that fall into each picture's view in a second.
    var drops: Int = 0

    /// Water that a seed picks; `isStill` for a pond.
    init(isStill: Bool, random: inout Random) {
        let bodies = [
            Vector(0.045, 0.062, 0.045), Vector(0.03, 0.055, 0.06), Vector(0.085, 0.075, 0.05),
            Vector(0.05, 0.08, 0.055), Vector(0.12, 0.1, 0.065),
        ]
        body = random.pick(bodies) * random.number(0.7, 1.2)
        murk = random.number(1.2, 4)
        roughness = isStill ? random.number(0.012, 0.035) : random.number(0.03, 0.085)
        let speed = isStill ? random.number(0, 0.06) : random.number(0.2, 1.1)
        let sign: Float = random.number(0, 1) < 0.5 ? -1 : 1
        drift = SIMD2(sign * speed, random.number(-0.08, 0.08) * speed)
        let turn = Wave.circle(random.number(0, 6.28))
        wind = turn * random.number(0.3, 0.9)
        foam = isStill ? random.number(0.1, 0.35) : random.number(0.25, 0.8)
        scum = isStill ? random.number(0, 0.15) : random.number(0, 0.5)
    }
}
