internal import Glibc

/// A car, van or lorry: its shape, paint and lamps.
struct Vehicle {
    enum Kind {
        case saloon
        case hatchback
        case van
        case lorry
    }

    let kind: Kind
    let length: Float
    let width: Float
    let height: Float
    private let body: Mesh
    private let wheels: [Vector]
    private let wheelRadius: Float

    init(_ kind: Kind, color: Vector) {
        self.kind = kind
        switch kind {
        case .saloon: (length, width, height) = (4.5, 1.78, 1.46)
        case .hatchback: (length, width, height) = (3.9, 1.7, 1.52)
        case .van: (length, width, height) = (4.9, 1.86, 1.96)
        case .lorry: (length, width, height) = (7.6, 2.3, 3.2)
        }
        wheelRadius = kind == .lorry ? 0.44 : 0.32
        let side = width / 2 - 0.13
        let axle = length * 0.3
        var places = [
            Vector(axle, side, wheelRadius), Vector(axle, -side, wheelRadius),
            Vector(-axle * 0.97, side, wheelRadius), Vector(-axle * 0.97, -side, wheelRadius),
        ]
        if kind == .lorry {
            places[0].x = 2.7
            places[1].x = 2.7
            places[2].x = -2.1
            places[3].x = -2.1
        }
        wheels = places
        body =
            kind == .lorry
            ? Self.lorryBody(color) : Self.carBody(kind, length, width, height, color)
    }

    /// Outline of the roof and bonnet from the rear to the front: x and z.
    private static func outline(_ kind: Kind) -> [SIMD2<Float>] {
        switch kind {
        case .saloon, .lorry:
            [
                SIMD2(-2.25, 0.6), SIMD2(-2.21, 0.92), SIMD2(-1.75, 1.0), SIMD2(-1.5, 1.05),
                SIMD2(-0.85, 1.4), SIMD2(-0.3, 1.46), SIMD2(0.3, 1.43), SIMD2(1.05, 0.98),
                SIMD2(1.9, 0.83), SIMD2(2.17, 0.72), SIMD2(2.25, 0.52),
            ]
        case .hatchback:
            [
                SIMD2(-1.95, 0.6), SIMD2(-1.92, 0.98), SIMD2(-1.75, 1.15), SIMD2(-1.4, 1.45),
                SIMD2(-0.3, 1.52), SIMD2(0.25, 1.48), SIMD2(0.98, 1.02), SIMD2(1.65, 0.87),
                SIMD2(1.88, 0.74), SIMD2(1.95, 0.52),
            ]
        case .van:
            [
                SIMD2(-2.45, 0.6), SIMD2(-2.43, 1.7), SIMD2(-2.3, 1.9), SIMD2(0, 1.96),
                SIMD2(0.9, 1.9), SIMD2(1.7, 1.22), SIMD2(2.25, 1.05), SIMD2(2.4, 0.85),
                SIMD2(2.45, 0.52),
            ]
        }
    }

    private static func top(_ outline: [SIMD2<Float>], at x: Float) -> Float {
        for (low, high) in zip(outline, outline.dropFirst()) where x <= high.x {
            return mix(low.y, high.y, clamp((x - low.x) / (high.x - low.x)))
        }
        return outline.last?.y ?? 0.5
    }

    private static func carBody(
        _ kind: Kind,
        _ length: Float,
        _ width: Float,
        _ height: Float,
        _ color: Vector
    ) -> Mesh {
        let belt: Float = kind == .van ? 1.12 : kind == .saloon ? 0.93 : 0.98
        let outline = outline(kind)
        let half = length / 2
        let stations = (0...36).map { -half + length * Float($0) / 36 }
        let rings = stations.map { x in
            let along = abs(x) / half
            let ring = top(outline, at: x)
            let end = along * along * along * along * along * along * along * along
            let wide = width / 2 * (1 - 0.16 * end)
            let low = 0.2 + 0.1 * end
            return (0..<24).map { step -> Vector in
                let turn = circle(2 * .pi * Float(step) / 24)
                let y = wide * power(turn.x, 0.42)
                let z = (low + ring) / 2 + (ring - low) / 2 * power(turn.y, 0.42)
                let narrow = 1 - 0.2 * smoothstep(belt - 0.05, height + 0.1, z)
                return Vector(x, y * narrow, z)
            }
        }
        var mesh = Mesh()
        let accent = Vector(half, belt, height)
        let side = mesh.add(Surface(material: .bodySide, color: color, accent: accent))
        let end = mesh.add(Surface(material: .bodyEnd, color: color, accent: accent))
        let roof = mesh.add(Surface(material: .bodyTop, color: color, accent: accent))
        mesh.addLoft(rings) { _, normal in
            if abs(normal.y) > 0.66 { return side }
            return abs(normal.x) > 0.3 ? end : roof
        }
        let mirror = mesh.add(
            Surface(material: .plain, color: color * 0.8, accent: Vector(0.3, 0, 0))
        )
        for y in [width / 2 + 0.05, -width / 2 - 0.05] {
            let place = Vector(half * 0.36, y, belt + 0.08)
            mesh.addEllipsoid(place, radii: Vector(0.07, 0.1, 0.07), surface: mirror)
        }
        return mesh
    }

    private static func power(_ value: Float, _ exponent: Float) -> Float {
        value < 0 ? -powf(-value, exponent) : powf(value, exponent)
    }

    private static func lorryBody(_ color: Vector) -> Mesh {
        var mesh = Mesh()
        let accent = Vector(1.0, 1.25, 2.35)
        let side = mesh.add(Surface(material: .bodySide, color: color, accent: accent))
        let end = mesh.add(Surface(material: .bodyEnd, color: color, accent: Vector(3, 1.3, 2.35)))
        let roof = mesh.add(Surface(material: .bodyTop, color: color, accent: accent))
        let profile: [(Float, Float)] = [
            (1.95, 2.45), (2.9, 2.45), (3.3, 2.4), (3.5, 2.0), (3.68, 1.35), (3.78, 1.2),
            (3.8, 0.9),
        ]
        let rings = profile.map { x, z in
            (0..<24).map { step -> Vector in
                let turn = circle(2 * .pi * Float(step) / 24)
                return Vector(
                    x,
                    1.08 * power(turn.x, 0.3),
                    (0.45 + z) / 2 + (z - 0.45) / 2 * power(turn.y, 0.3)
                )
            }
        }
        mesh.addLoft(rings) { _, normal in
            if abs(normal.y) > 0.66 { return side }
            return abs(normal.x) > 0.3 ? end : roof
        }
        for index in mesh.vertices.indices where abs(mesh.vertices[index].normal.y) > 0.66 {
            mesh.vertices[index].local.x -= 2.9
        }
        let box = mesh.add(
            Surface(material: .ribbed, color: Vector(0.62, 0.64, 0.66), accent: Vector(3.2, 0, 0))
        )
        let dark = mesh.add(Surface(material: .plain, color: Vector(repeating: 0.04)))
        let stripe = mesh.add(Surface(material: .plain, color: color, accent: Vector(0.2, 0, 0)))
        mesh.addBox(Vector(-3.8, -1.15, 0.85), Vector(1.8, 1.15, 3.2), surface: box)
        mesh.addBox(Vector(-3.79, -1.155, 1.5), Vector(1.79, 1.155, 1.8), surface: stripe)
        mesh.addBox(Vector(-3.7, -1.0, 0.55), Vector(2.2, 1.0, 0.86), surface: dark)
        return mesh
    }

    /// What the lamps do.
    struct Lights {
        var head = false
        var brake = false
        var tail = false
    }

    /// The vehicle at a place after `distance` metres of rolling.
    func mesh(at placement: Placement, distance: Float, lights: Lights = Lights()) -> Mesh {
        var mesh = body
        let tyre = mesh.add(
            Surface(
                material: .wheel,
                color: Vector(repeating: 0.02),
                accent: Vector(wheelRadius, 0, 0)
            )
        )
        for wheel in wheels {
            mesh.addWheel(
                wheel,
                radius: wheelRadius,
                halfWidth: kind == .lorry ? 0.16 : 0.13,
                spin: -distance / wheelRadius,
                surface: tyre
            )
        }
        addLamps(to: &mesh, lights)
        return mesh.placed(placement)
    }

    private func addLamps(to mesh: inout Mesh, _ lights: Lights) {
        let spread = width * 0.35
        if lights.head {
            let lamp = mesh.add(
                Surface(material: .light, color: Vector(1, 0.95, 0.8), accent: Vector(6, 0, 0))
            )
            for y in [spread, -spread] {
                let place = Vector(length / 2 - 0.1, y, kind == .lorry ? 0.75 : 0.64)
                mesh.addEllipsoid(place, radii: Vector(0.1, 0.13, 0.07), surface: lamp)
            }
        }
        if lights.brake || lights.tail {
            let strength: Float = lights.brake ? 2.2 : 0.6
            let lamp = mesh.add(
                Surface(
                    material: .light,
                    color: Vector(1, 0.06, 0.04),
                    accent: Vector(strength, 0, 0)
                )
            )
            for y in [spread, -spread] {
                let place = Vector(-length / 2 + 0.05, y, kind == .lorry ? 0.75 : 0.78)
                mesh.addEllipsoid(place, radii: Vector(0.08, 0.13, 0.07), surface: lamp)
            }
        }
    }

    /// The darkness beneath it.
    func contact(at placement: Placement, heading: Float) -> Contact {
        Contact(
            center: SIMD2(placement.origin.x, placement.origin.y),
            heading: heading,
            half: SIMD2(length / 2 - 0.15, width / 2 - 0.1),
            reach: 0.45,
            strength: 0.9
        )
    }

    /// The vehicle ready to draw.
    func prop(
        _ place: Vector,
        heading: Float,
        distance: Float,
        lights: Lights = Lights()
    ) -> Prop {
        let placement = Placement(place, heading: heading)
        return Prop(
            mesh: mesh(at: placement, distance: distance, lights: lights),
            contacts: [contact(at: placement, heading: heading)]
        )
    }
}
