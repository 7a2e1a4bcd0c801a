import Glibc

/// Where a scene plays: land, camera, light, water, and the zone that is watched.
struct ShoreSetting: Sendable {
    let camera: Camera
    let shore: Shore
    let light: ShoreLight
    let look: WaterLook
    let rate: Int
    /// Where along the waterline people come to the water.
    let anchor: Float
    /// Metres of the zone on land and on the water, measured from the waterline.
    let zoneBank: Float
    let zoneWater: Float
    /// Metres of the zone to either side of the anchor.
    let zoneSide: Float
    /// Metres that the camera sees to either side of the anchor.
    let viewSide: Float

    /// A place that a seed picks.
    init(light kind: ShoreLight.Kind, isStill: Bool, random: inout Random) {
        let focal: Float = 320 / tanf(random.number(42, 62) * .pi / 360)
        let pixels = expf(random.number(logf(40), logf(108)))
        let reach = 1.7 * focal / pixels
        let mast = clamp(random.number(3, 7.5), reach * 0.16, reach * 0.5)
        let flat = (reach * reach - mast * mast).squareRoot()
        let yaw = random.number(-0.6, 0.6)
        let turn = circle(yaw)
        anchor = flat * turn.y
        let bank = min(random.number(1.6, 4.5), flat * turn.x * 0.35)
        var shore = Shore(
            style: random.pick(Shore.Style.allCases),
            waterline: flat * turn.x,
            // Flatter than the sight, so that the bank hides neither feet nor waterline.
            level: -bank * random.number(0.3, 0.75) * min(0.4, 0.7 * mast / flat),
            bankWidth: bank,
            bedSlope: random.number(0.2, 0.36),
            width: isStill ? random.number(22, 45) : random.number(26, 70),
            meander: random.number(0.1, 0.5),
            phase: random.number(0, 6)
        )
        shore.waterline -= shore.edge(anchor) - shore.waterline
        self.shore = shore
        let row = random.number(0.52, 0.68) * 360 - 180
        let pitch = atan2f(mast - shore.level, flat) - atanf(row / focal)
        camera = Camera(
            position: Vector(0, 0, mast),
            yaw: yaw * 180 / .pi + random.number(-6, 6),
            pitch: pitch * 180 / .pi,
            fieldOfView: atanf(320 / focal) * 360 / .pi,
            width: 640,
            height: 360
        )
        var light = ShoreLight(kind, azimuth: yaw, random: &random)
        if kind == .night { light.lanterns = Self.lanterns(shore, anchor, &random) }
        self.light = light
        var look = WaterLook(isStill: isStill, random: &random)
        if kind == .rain { look.drops = Int(random.number(500, 1600)) }
        if kind == .lowSun { look.roughness = max(look.roughness, random.number(0.03, 0.09)) }
        self.look = look
        rate = random.pick([8, 8, 8, 10, 12])
        viewSide = reach * 320 / focal
        zoneBank = min(random.number(1.2, 2.6), bank)
        zoneWater = min(random.number(9, 18), shore.width * 0.6)
        zoneSide = viewSide * random.number(0.6, 1.1)
    }

    private static func lanterns(
        _ shore: Shore,
        _ anchor: Float,
        _ random: inout Random
    ) -> [Lantern] {
        let colors = [Vector(1, 0.78, 0.45), Vector(1, 0.92, 0.75), Vector(0.85, 0.95, 1)]
        let x = anchor + random.number(1.2, 6) * (random.number(0, 1) < 0.5 ? -1 : 1)
        let near = shore.place(x, out: -shore.bankWidth - 1)
        var lanterns = [
            Lantern(
                position: near + Vector(0, 0, random.number(4, 5.5)),
                color: random.pick(colors) * random.number(7, 13)
            )
        ]
        for side in [Float(-1), 1] where random.number(0, 1) < 0.75 {
            let across = anchor * 1.6 + side * random.number(3, 16)
            let far = shore.place(across, out: shore.width + 3)
            lanterns.append(
                Lantern(
                    position: far + Vector(0, 0, random.number(3, 5)),
                    color: random.pick(colors) * random.number(4, 12)
                )
            )
        }
        return lanterns
    }

    /// The posts under the lanterns.
    func posts() -> Mesh {
        var ground = Ground()
        for lantern in light.lanterns {
            let at = lantern.position
            let metal = ground.mesh.add(Surface(material: .plain, color: Vector(0.2, 0.2, 0.21)))
            ground.mesh.addLimb(
                from: shore.surface(at.x, at.y),
                to: at + Vector(0, 0, 0.1),
                radius: 0.06,
                endRadius: 0.04,
                sides: 6,
                surface: metal
            )
        }
        return ground.mesh
    }

    /// Corners of the zone in pixels: along the land, and back over the water.
    var zone: [SIMD2<Float>] {
        let steps = (-8...8).map { anchor + Float($0) / 8 * zoneSide }
        let land = steps.map { shore.place($0, out: -zoneBank) }
        let water = steps.reversed().map { shore.place($0, out: zoneWater) }
        return PictureClip.polygon(land + water, camera)
    }

    /// The mean waterline in pixels, from left to right, from a little before the zone to a little
    /// behind it, as far as the picture shows it.
    var waterline: [SIMD2<Float>] {
        let steps = (-7...7).map { anchor + Float($0) / 6 * zoneSide }
        return PictureClip.line(steps.map { shore.place($0, out: 0) }, camera)
    }

    /// A place in the zone's water, in pixels, as far out as the picture shows of it.
    var placeInWater: SIMD2<Float>? {
        let pixels = [Float(0.5), 0.35, 0.2, 0.1].map { share in
            camera.pixel(of: shore.place(anchor, out: share * zoneWater))
        }
        return pixels.map { SIMD2($0.x, $0.y) }.first { place in
            place.x > 0 && place.y > 0
                && place.x < Float(camera.width) && place.y < Float(camera.height)
        }
    }

    /// Row of the feet and height of a person of 1.7 m, in shares of the picture, near and far.
    var personScale: [(row: Float, height: Float)] {
        [Float(0.75), 1.45].map { share in
            let x = anchor * share
            let foot = Vector(x, shore.waterline * share, shore.level + 0.2)
            let low = camera.pixel(of: foot).y
            let high = camera.pixel(of: foot + Vector(0, 0, 1.7)).y
            return (low / Float(camera.height), (low - high) / Float(camera.height))
        }
    }
}
