import Glibc

/// What does not change about a pixel of the water.
struct WaterPixel {
    var index: Int32
    var column: Int16
    var row: Int16
    /// Steps of the ripples' patches, by layer.
    var levels: SIMD3<UInt8>
    /// Share of the pixel under water.
    var cover: Float
    /// Metres from the water's surface to the bed.
    var depth: Float
    /// Share of the bed's light that comes through the water.
    var clear: Float
    var place: SIMD2<Float>
    /// Direction of sight, length 1.
    var view: Vector
    var distance: Float
    /// Share of the air's colour in what is seen.
    var haze: Float
    /// Direction of sight over the ground, length 1.
    var ahead: SIMD2<Float>
    /// Mean square of the slopes that the steps no longer show, for roughness 1.
    var hidden: Float

    /// The layers' patches in metres and their shares of the mean square slope.
    static let tiles = SIMD3<Float>(13, 4.1, 1.9)
    static let shares = SIMD3<Float>(0.25, 0.4, 0.35)

    init(index: Int, ray: Vector, cover: Float, depth: Float, stage: ShoreStage) {
        self.index = Int32(index)
        column = Int16(index % stage.camera.width)
        row = Int16(index / stage.camera.width)
        self.cover = cover
        self.depth = max(0, depth)
        clear = expf(-stage.look.murk * max(0, depth) * 1.3)
        distance = (stage.camera.position.z - stage.shore.level) / -ray.z
        haze = 1 - 1 / (1 + distance * 0.6 * stage.light.haze)
        let at = stage.camera.position + ray * distance
        place = SIMD2(at.x, at.y)
        view = normalized(ray)
        let flat = (view.x * view.x + view.y * view.y).squareRoot()
        ahead = SIMD2(view.x, view.y) / max(flat, 1e-5)
        let across = distance / stage.camera.focal
        let footprint = across / max(0.05, -view.z).squareRoot()
        let ripples = Ripples.shared
        levels = SIMD3(0, 0, 0)
        hidden = 0
        for layer in 0..<3 {
            let level = ripples.level(footprint: footprint / Self.tiles[layer])
            levels[layer] = UInt8(level)
            hidden += Self.shares[layer] * (1 - ripples.shown[level])
        }
    }
}

/// A pixel of the water in an odd column, coloured from those beside it.
struct BetweenPixel {
    var index: Int32
    var cover: Float
    var depth: Float
}
