/// Everything that stands still, drawn once and lit anew for every picture, and the moving things
/// drawn into it.
///
/// Works at twice the columns and rows of the picture: the mean of four samples is the lens's blur.
final class Stage {
    static let scale = 2

    let camera: Camera
    private let count: Int
    /// Linear RGB and share of the sky.
    private let albedo: UnsafeMutablePointer<SIMD4<Float>>
    /// Normal and sun on the surface, shadows of standing things included.
    private let facing: UnsafeMutablePointer<SIMD4<Float>>
    /// Place and depth.
    private let place: UnsafeMutablePointer<SIMD4<Float>>
    /// Shining parts; w is 1 where they shine only at dusk.
    private let emission: UnsafeMutablePointer<SIMD4<Float>>
    private let tiles: UnsafeMutablePointer<Int32>
    private let occlusion: UnsafeMutablePointer<Float>
    /// Linear RGB and depth of the picture being drawn.
    let frame: UnsafeMutablePointer<SIMD4<Float>>
    private let stillShadows: ShadowMap
    private let movingShadows: ShadowMap
    private var water: WaterSurface?
    private var waterPixels: [Int32] = []

    /// Draws and lights the standing part of a scene.
    init(
        camera: Camera,
        sun: Vector,
        focus: Vector,
        backdrop: Prop,
        shade: Mesh,
        water: WaterSurface?
    ) {
        self.camera = camera.supersampled(Self.scale)
        count = self.camera.width * self.camera.height
        albedo = .allocate(capacity: count)
        facing = .allocate(capacity: count)
        place = .allocate(capacity: count)
        emission = .allocate(capacity: count)
        frame = .allocate(capacity: count)
        tiles = .allocate(capacity: count)
        occlusion = .allocate(capacity: count)
        stillShadows = ShadowMap(sun: sun, focus: focus, extent: 80)
        movingShadows = ShadowMap(sun: sun, focus: focus, extent: 80)
        self.water = water
        for buffer in [albedo, facing, emission, frame] {
            buffer.initialize(repeating: SIMD4(repeating: 0), count: count)
        }
        place.initialize(repeating: SIMD4(0, 0, 0, 1e9), count: count)
        tiles.initialize(repeating: -1, count: count)
        occlusion.initialize(repeating: 1, count: count)
        stillShadows.draw(shade)
        bake(backdrop)
    }

    deinit {
        for buffer in [albedo, facing, place, emission, frame] { buffer.deallocate() }
        tiles.deallocate()
        occlusion.deallocate()
    }

    private func bake(_ backdrop: Prop) {
        stillShadows.draw(backdrop.mesh)
        let sink = StillSink(
            camera: camera,
            albedo: albedo,
            facing: facing,
            place: place,
            emission: emission
        )
        Rasterizer(camera: camera).draw(backdrop.mesh, into: sink)
        let isCovered = applyContacts(backdrop.contacts)
        for index in 0..<count {
            guard place[index].w < 1e8 else {
                emission[index] = skyColor(index)
                continue
            }
            let at = Vector(place[index].x, place[index].y, place[index].z)
            let normal = Vector(facing[index].x, facing[index].y, facing[index].z)
            let cosine = max(0, dot(normal, stillShadows.sun))
            let lit = stillShadows.light(
                at: at + normal * 0.06,
                pixel: index,
                taps: 10,
                radius: 0.09,
                bias: 0.05
            )
            facing[index].w = cosine * lit
            albedo[index].w = (0.55 + 0.45 * normal.z) * (isCovered ? occlusion[index] : 1)
            tiles[index] = movingShadows.tile(of: at)
            if let water, water.contains(at) { waterPixels.append(Int32(index)) }
        }
        occlusion.update(repeating: 1, count: count)
    }

    private func skyColor(_ index: Int) -> SIMD4<Float> {
        let ray = normalized(camera.ray(index % camera.width, index / camera.width))
        let height = max(ray.z, 0.02)
        let clouds = Noise.fractal(ray.x / height * 2, ray.y / height * 2, octaves: 5, seed: 31)
        let haze = mix(Vector(0.85, 0.9, 0.97), Vector(0.45, 0.62, 0.9), smoothstep(0, 0.4, height))
        let color = mix(haze, Vector(repeating: 1.05), smoothstep(0.45, 0.75, clouds) * 0.7)
        return SIMD4(color, 0)
    }

    /// Draws the picture of one moment into `frame`.
    func render(_ props: [Prop], _ atmosphere: Atmosphere, time: Float) {
        movingShadows.clear()
        for prop in props where prop.castsShadow { movingShadows.draw(prop.mesh) }
        let isCovered = applyContacts(props.flatMap(\.contacts))
        compose(atmosphere)
        if let water { drawWater(water, atmosphere, time: time) }
        if isCovered { occlusion.update(repeating: 1, count: count) }
        let sink = MovingSink(
            camera: camera,
            frame: frame,
            atmosphere: atmosphere,
            stillShadows: stillShadows,
            movingShadows: movingShadows
        )
        for prop in props { Rasterizer(camera: camera).draw(prop.mesh, into: sink) }
    }

    /// Darkens the sky's share on the ground beneath things; true if there was anything to do.
    private func applyContacts(_ contacts: [Contact]) -> Bool {
        for contact in contacts {
            let reach =
                (contact.half.x * contact.half.x + contact.half.y * contact.half.y)
                .squareRoot() + contact.reach
            let center = camera.view(Vector(contact.center.x, contact.center.y, 0))
            guard center.z > reach + Camera.near, center.z < 70 else { continue }
            let at = camera.pixel(center)
            let span = camera.focal * reach / (center.z - reach)
            let left = Int(clamp(at.x - span, 0, Float(camera.width)))
            let right = Int(clamp(at.x + span, 0, Float(camera.width)))
            let top = Int(clamp(at.y - span, 0, Float(camera.height)))
            let bottom = Int(clamp(at.y + span, 0, Float(camera.height)))
            let axis = circle(contact.heading)
            for y in top..<max(top, bottom) {
                for x in left..<max(left, right) {
                    let index = y * camera.width + x
                    let spot = place[index]
                    guard spot.z < 0.25 else { continue }
                    occlusion[index] *= contact.skyLight(spot.x, spot.y, axis: axis)
                }
            }
        }
        return !contacts.isEmpty
    }

    private func compose(_ atmosphere: Atmosphere) {
        let columns = camera.width
        var cloud: Float = 1
        let hasLamps = !atmosphere.lamps.isEmpty
        for index in 0..<count {
            let spot = place[index]
            if spot.w > 1e8 {
                let sky = emission[index] * (atmosphere.sky.y / 0.74)
                frame[index] = SIMD4(sky.x, sky.y, sky.z, 1e9)
                continue
            }
            if index % columns & 3 == 0 { cloud = atmosphere.cloudLight(spot.x, spot.y) }
            let surface = facing[index]
            var sun = surface.w * cloud
            if sun > 0.01, movingShadows.isDirty(tiles[index]) {
                sun *= movingShadows.light(
                    at: Vector(spot.x, spot.y, spot.z + 0.02),
                    pixel: index,
                    taps: 6,
                    radius: 0.09,
                    bias: 0.04
                )
            }
            let color = albedo[index]
            let covered = occlusion[index]
            var light =
                atmosphere.sun * (sun * (0.35 + 0.65 * covered))
                + (atmosphere.sky + atmosphere.ground * 0.3) * (color.w * covered)
            if hasLamps {
                light += atmosphere.lampLight(
                    at: Vector(spot.x, spot.y, spot.z),
                    normal: Vector(surface.x, surface.y, surface.z)
                )
            }
            let shine = emission[index]
            let glow = mix(1, atmosphere.glow, shine.w)
            let near =
                Vector(color.x, color.y, color.z) * light
                + Vector(shine.x, shine.y, shine.z) * glow
            let haze = 1 - 1 / (1 + spot.w * 0.0013)
            let seen = mix(near, atmosphere.sky * 0.95, haze)
            frame[index] = SIMD4(seen, spot.w)
        }
    }

    private func drawWater(_ water: WaterSurface, _ atmosphere: Atmosphere, time: Float) {
        for pixel in waterPixels {
            let index = Int(pixel)
            let spot = place[index]
            // One sample for each pixel of the picture will do: ripples are not sharp.
            let row = index / camera.width
            let leader = (row & ~1) * camera.width + ((index - row * camera.width) & ~1)
            if leader != index, water.contains(Vector(0, 0, place[leader].z)) {
                let color = frame[leader]
                frame[index] = SIMD4(color.x, color.y, color.z, spot.w)
                continue
            }
            let at = Vector(spot.x, spot.y, spot.z)
            var sun: Float = atmosphere.cloudLight(spot.x, spot.y)
            if movingShadows.isDirty(tiles[index]) {
                sun *= movingShadows.light(
                    at: at,
                    pixel: index,
                    taps: 4,
                    radius: 0.12,
                    bias: 0.04
                )
            }
            let view = normalized(at - camera.position)
            let color = water.color(
                at: at,
                view: view,
                sunDirection: stillShadows.sun,
                sunLight: sun,
                footprint: spot.w / camera.focal,
                atmosphere: atmosphere,
                time: time
            )
            frame[index] = SIMD4(color * (0.4 + 0.6 * occlusion[index]), spot.w)
        }
    }
}
