internal import Glibc

/// How a person holds limbs.
struct Pose {
    /// Phase of the walk in radians, and how far the legs swing, in radians.
    var phase: Float = 0
    var swing: Float = 0
    /// Turn of the upper arms forward and bend of the elbows, added to the walk's own; left, right.
    var arms = SIMD2<Float>(0, 0)
    var elbows = SIMD2<Float>(0.25, 0.25)
    var lean: Float = 0
    /// 0 standing, 1 squatting.
    var crouch: Float = 0
    /// Weight shifted to one side, in metres.
    var sideways: Float = 0
    /// Turn of the head in radians.
    var look: Float = 0
}

/// A clothed person.
struct Person {
    var height: Float = 1.7
    var jacket: Vector
    var trousers: Vector
    var skin = Vector(0.5, 0.33, 0.24)
    var hair = Vector(0.025, 0.02, 0.018)
    var hasSkirt = false
    var hasBareArms = false
    var hasBareLegs = false
    /// Size of the head over a grown-up's, before the whole is scaled to the height.
    var headScale: Float = 1

    /// Somebody in everyday clothes.
    init(random: inout Random) {
        let jackets = [
            Vector(0.4, 0.06, 0.06), Vector(0.07, 0.12, 0.32), Vector(0.55, 0.53, 0.48),
            Vector(0.1, 0.22, 0.12), Vector(0.5, 0.36, 0.08), Vector(0.12, 0.11, 0.12),
            Vector(0.35, 0.2, 0.32),
        ]
        let trousersColors = [
            Vector(0.03, 0.035, 0.06), Vector(0.06, 0.09, 0.17), Vector(0.16, 0.13, 0.1),
            Vector(0.04, 0.04, 0.04),
        ]
        jacket = random.pick(jackets)
        trousers = random.pick(trousersColors)
        height = random.number(1.58, 1.8)
        hasSkirt = random.number(0, 1) < 0.2
    }

    private struct Paint {
        var jacket: Int32
        var trousers: Int32
        var skin: Int32
        var hair: Int32
        var shoes: Int32
    }

    /// The person at a place on the ground.
    func mesh(at place: Vector, heading: Float, pose: Pose) -> Mesh {
        var mesh = Mesh()
        let paint = Paint(
            jacket: mesh.add(Surface(material: .cloth, color: jacket)),
            trousers: mesh.add(Surface(material: .cloth, color: trousers)),
            skin: mesh.add(Surface(material: .plain, color: skin)),
            hair: mesh.add(Surface(material: .plain, color: hair, accent: Vector(0.08, 0, 0))),
            shoes: mesh.add(Surface(material: .plain, color: Vector(0.05, 0.045, 0.04)))
        )
        let lowest = addLegs(to: &mesh, pose, paint)
        addTrunk(to: &mesh, pose, paint)
        let scale = height / 1.72
        for index in mesh.vertices.indices {
            mesh.vertices[index].position.z -= lowest
            mesh.vertices[index].position *= scale
        }
        return mesh.placed(Placement(place, heading: heading))
    }

    /// Adds both legs below hips at 0.9 m and gives the height of the lower sole.
    private func addLegs(to mesh: inout Mesh, _ pose: Pose, _ paint: Paint) -> Float {
        var lowest: Float = 1
        for (side, shift) in [(Float(0.09), Float(0)), (-0.09, .pi)] {
            let step = pose.phase + shift
            let hip = pose.swing * sinf(step) + pose.crouch * 1.75
            let knee =
                pose.swing * 1.5 * max(0, cosf(step)) * (1 - pose.crouch) + 0.08
                + pose.crouch * 2.35
            let top = Vector(0, side + pose.sideways, 0.9)
            let middle = top + Vector(sinf(hip), 0, -cosf(hip)) * 0.43
            let foot = middle + Vector(sinf(hip - knee), 0, -cosf(hip - knee)) * 0.41
            mesh.addLimb(
                from: top,
                to: middle,
                radius: 0.088,
                endRadius: 0.062,
                surface: hasSkirt ? paint.jacket : paint.trousers
            )
            mesh.addLimb(
                from: middle,
                to: foot,
                radius: 0.06,
                endRadius: 0.045,
                surface: hasSkirt || hasBareLegs ? paint.skin : paint.trousers
            )
            let toe = foot + Vector(0.13, 0, -0.02)
            mesh.addLimb(
                from: foot + Vector(-0.02, 0, -0.02),
                to: toe,
                radius: 0.045,
                endRadius: 0.04,
                sides: 6,
                surface: paint.shoes
            )
            lowest = min(lowest, foot.z - 0.065)
        }
        return lowest
    }

    private func addTrunk(to mesh: inout Mesh, _ pose: Pose, _ paint: Paint) {
        let lean = circle(pose.lean + pose.crouch * 0.5)
        func upper(_ v: Vector) -> Vector {
            let z = v.z - 0.9
            return Vector(
                v.x * lean.x + z * lean.y,
                v.y + pose.sideways,
                0.9 + z * lean.x - v.x * lean.y
            )
        }
        let sections: [(Float, Float, Float)] = [
            (0.8, 0.1, 0.13), (0.9, 0.125, 0.17), (1.05, 0.11, 0.15), (1.22, 0.125, 0.18),
            (1.36, 0.12, 0.2), (1.44, 0.085, 0.17), (1.49, 0.05, 0.06),
        ]
        let rings = sections.map { z, deep, wide in
            (0..<12).map { step -> Vector in
                let turn = circle(2 * .pi * Float(step) / 12)
                return upper(Vector(turn.x * deep, turn.y * wide, z))
            }
        }
        mesh.addLoft(rings) { _, _ in paint.jacket }
        let head = circle(pose.look)
        mesh.addLimb(
            from: upper(Vector(0, 0, 1.46)),
            to: upper(Vector(0.01, 0, 1.53)),
            radius: 0.055,
            endRadius: 0.055,
            sides: 6,
            surface: paint.skin
        )
        let center = Vector(0.02, 0, 1.61 + 0.115 * (headScale - 1))
        mesh.addEllipsoid(
            upper(center),
            radii: Vector(0.09, 0.078, 0.115) * headScale,
            surface: paint.skin
        )
        let back = center + Vector(-0.025 * head.x, -0.025 * head.y, 0.03) * headScale
        mesh.addEllipsoid(
            upper(back),
            radii: Vector(0.095, 0.088, 0.1) * headScale,
            surface: paint.hair
        )
        addArms(to: &mesh, pose, paint, upper)
    }

    /// Adds both arms; `upper` moves a place of the upright trunk to where it leans.
    private func addArms(
        to mesh: inout Mesh,
        _ pose: Pose,
        _ paint: Paint,
        _ upper: (Vector) -> Vector
    ) {
        for (index, side) in [Float(0.205), -0.205].enumerated() {
            let sign: Float = index == 0 ? -1 : 1
            let angle = sign * pose.swing * 0.8 * sinf(pose.phase) + pose.arms[index] - pose.lean
            let shoulder = upper(Vector(0, side, 1.39))
            let bend = angle + pose.elbows[index]
            let elbow = shoulder + Vector(sinf(angle), side * 0.12, -cosf(angle)) * 0.29
            let hand = elbow + Vector(sinf(bend), -side * 0.2, -cosf(bend)) * 0.26
            mesh.addLimb(
                from: shoulder,
                to: elbow,
                radius: 0.062,
                endRadius: 0.048,
                surface: hasBareArms ? paint.skin : paint.jacket
            )
            mesh.addLimb(
                from: elbow,
                to: hand,
                radius: 0.046,
                endRadius: 0.036,
                sides: 7,
                surface: hasBareArms ? paint.skin : paint.jacket
            )
            mesh.addEllipsoid(
                hand + (hand - elbow) * 0.2,
                radii: Vector(0.045, 0.04, 0.055),
                rows: 5,
                sides: 7,
                surface: paint.skin
            )
        }
    }

    /// A person walking `distance` metres along.
    static func walking(_ distance: Float) -> Pose {
        Pose(phase: distance * (2 * .pi / 1.42), swing: 0.5)
    }

    /// A person who stands and talks: hands move, weight shifts.
    static func talking(_ time: Float, _ mood: Float) -> Pose {
        let beat = time * 1.7 + mood * 9
        let wide = 0.5 + 0.5 * sinf(time * 0.45 + mood * 5)
        return Pose(
            arms: SIMD2(0.15 + 0.5 * wide * max(0, sinf(beat)), 0.2 + 0.35 * sinf(beat * 0.7)),
            elbows: SIMD2(0.6 + 0.9 * wide, 0.5 + 0.5 * sinf(beat * 0.6)),
            lean: 0.05 * sinf(time * 0.6 + mood * 3),
            sideways: 0.06 * sinf(time * 0.8 + mood * 7),
            look: 0.7 * sinf(time * 0.5 + mood)
        )
    }

    /// The person ready to draw.
    func prop(_ place: Vector, heading: Float, pose: Pose) -> Prop {
        Prop(
            mesh: mesh(at: place, heading: heading, pose: pose),
            contacts: [
                Contact(
                    center: SIMD2(place.x, place.y),
                    half: SIMD2(0.12, 0.12),
                    reach: 0.35,
                    strength: 0.5
                )
            ]
        )
    }
}
