/// A scene: what stands there, what moves, how the light falls, and what is true of it.
protocol SceneScript: Sendable {
    /// Name for people.
    var title: String { get }
    var camera: Camera { get }
    /// Direction to the sun.
    var sun: Vector { get }
    /// The middle of what is seen, for the shadows.
    var focus: Vector { get }
    /// Whole seconds.
    var duration: Int { get }
    /// What stands still.
    var backdrop: Prop { get }
    /// What throws a shadow on what stands still, though it is drawn anew for every picture.
    var shade: Mesh { get }
    var water: WaterSurface? { get }
    var truth: Truth { get }

    func props(at time: Float) -> [Prop]
    func atmosphere(at time: Float) -> Atmosphere
}

extension SceneScript {
    var water: WaterSurface? { nil }
    var shade: Mesh { Mesh() }

    /// An entry of the truth with the exact box of a mesh.
    func entry(
        zone: String? = nil,
        kind: String? = nil,
        from start: Float,
        to end: Float,
        around mesh: Mesh,
        at time: Float? = nil,
        note: String
    ) -> Truth.Entry {
        let box = camera.box(of: mesh) ?? SIMD4(repeating: 0)
        return Truth.Entry(
            zone: zone,
            kind: kind,
            start: Double(start),
            end: Double(end),
            box: SIMD4(box.x, box.y, box.z - box.x, box.w - box.y),
            boxTime: Double(time ?? start),
            note: note
        )
    }

    /// A piece of the ground as a polygon of the picture.
    func outline(_ places: [Vector]) -> [SIMD2<Float>] {
        places.map { place in
            let at = camera.pixel(of: place)
            return SIMD2(
                clamp(at.x, 0, Float(camera.width)),
                clamp(at.y, 0, Float(camera.height))
            )
        }
    }
}

/// The scenes by name.
enum SceneCatalog {
    static let names = [
        "parked_car", "red_light_queue", "goods_on_pavement", "person_at_water", "hard_negative",
    ]

    /// A scene, or nil for an unknown name.
    static func scene(_ name: String, seed: UInt64) -> (any SceneScript)? {
        let random = Random(seed: seed)
        return switch name {
        case "parked_car": ParkedCar(random: random.split(1))
        case "red_light_queue": RedLightQueue(random: random.split(2))
        case "goods_on_pavement": GoodsOnPavement(random: random.split(3))
        case "person_at_water": PersonAtWater(random: random.split(4))
        case "hard_negative": HardNegative(random: random.split(5))
        default: nil
        }
    }
}
