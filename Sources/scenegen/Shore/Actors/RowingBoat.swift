/// A rowing boat with somebody in it who passes by.
struct RowingBoat: ShoreActor {
    let rower: Person
    let color: Vector
    let route: Route

    func show(at time: Float, on shore: Shore, in moment: inout Moment) {
        guard let state = route.state(at: time) else { return }
        let bob = 0.025 * Wave.sine(time * 1.7)
        let place = Vector(state.place.x, state.place.y, shore.level + bob)
        var mesh = hull()
        let beat = time * 2.3
        addOars(to: &mesh, sweep: 0.55 * Wave.sine(beat), lift: 0.2 * Wave.sine(beat + 1.57))
        let pose = Pose(
            arms: SIMD2(repeating: 0.9 + 0.35 * Wave.sine(beat)),
            elbows: SIMD2(repeating: 0.5 - 0.35 * Wave.sine(beat)),
            lean: -0.3 + 0.3 * Wave.sine(beat),
            crouch: 1
        )
        mesh.append(rower.mesh(at: Vector(-0.1, 0, 0.12), heading: .pi, pose: pose))
        let turned = mesh.placed(Placement(place, heading: state.heading))
        moment.figures.append(Figure(mesh: turned, ground: nil))
        moment.addWake(
            { route.state(at: $0).map { SIMD2($0.place.x, $0.place.y) } },
            at: time,
            every: 0.35,
            for: 4.5,
            speed: 0.62,
            wave: 0.55,
            slope: 0.05
        )
        addPuddles(at: time, beat: 2.3, shore, &moment)
    }

    private func hull() -> Mesh {
        var mesh = Mesh()
        let paint = mesh.add(Surface(material: .plain, color: color, accent: Vector(0.1, 0, 0)))
        let inside = mesh.add(Surface(material: .plain, color: Vector(0.3, 0.21, 0.13)))
        let stations: [(Float, Float, Float)] = [
            (-1.9, 0.42, 0.42), (-1.3, 0.6, 0.4), (-0.3, 0.68, 0.38), (0.8, 0.58, 0.4),
            (1.6, 0.3, 0.46), (2.05, 0.04, 0.55),
        ]
        let rings = stations.map { x, half, top in
            [(1, 1), (0.82, -0.2), (0.3, -0.45), (-0.3, -0.45), (-0.82, -0.2), (-1, 1)].map {
                (side: Float, height: Float) -> Vector in
                Vector(x, half * side, height > 0 ? top : height * 0.5)
            }
        }
        mesh.addLoft(rings) { center, normal in
            normal.z > 0.5 && center.z > 0.3 ? inside : paint
        }
        for (x, half) in [(Float(-1.2), Float(0.55)), (0.7, 0.52)] {
            mesh.addBox(
                Vector(x - 0.12, -half, 0.3),
                Vector(x + 0.12, half, 0.44),
                surface: inside
            )
        }
        return mesh
    }

    private func addOars(to mesh: inout Mesh, sweep: Float, lift: Float) {
        let wood = mesh.add(Surface(material: .plain, color: Vector(0.42, 0.3, 0.17)))
        for side in [Float(1), -1] {
            let lock = Vector(-0.1, side * 0.66, 0.46)
            let out = Vector(sweep, side * 1.25, -0.42 + lift)
            mesh.addLimb(
                from: lock - out * 0.35,
                to: lock + out,
                radius: 0.03,
                endRadius: 0.03,
                sides: 5,
                surface: wood
            )
            mesh.addEllipsoid(
                lock + out * 1.15,
                radii: Vector(0.08, 0.28, 0.06),
                rows: 4,
                sides: 6,
                surface: wood
            )
        }
    }

    /// The rings and the white water where the oars have dipped in.
    private func addPuddles(
        at time: Float,
        beat: Float,
        _ shore: Shore,
        _ moment: inout Moment
    ) {
        let period = 2 * Float.pi / beat
        let last = (time / period).rounded(.down) * period
        for index in 0..<3 {
            let dipped = last - Float(index) * period
            guard let then = route.state(at: dipped) else { continue }
            let age = time - dipped
            let along = circle(then.heading)
            for side in [Float(1.9), -1.9] {
                let spot = SIMD2(
                    then.place.x - along.y * side - along.x * 0.4,
                    then.place.y + along.x * side - along.y * 0.4
                )
                moment.rings.append(
                    Ring(
                        center: spot,
                        radius: 0.1 + 0.4 * age,
                        wave: 0.3,
                        slope: 0.12 * max(0, 1 - age / 4)
                    )
                )
                moment.froth.append(
                    Froth(center: spot, radius: 0.25, strength: 0.6 * max(0, 1 - age))
                )
            }
        }
    }
}
