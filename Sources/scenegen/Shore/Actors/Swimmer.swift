/// Somebody who wades in, swims, goes under and does not come back.
struct Swimmer: ShoreActor {
    let walker: ShoreWalker
    /// When the feet leave the bed.
    let swims: Float
    /// When the struggle begins, and when nothing is above the water any more.
    let struggles: Float
    let vanishes: Float

    var person: Person { walker.person }

    /// Height of the head's top over the water, negative under it; nil where nobody is there.
    func headHeight(at time: Float, on shore: Shore) -> Float? {
        guard let state = walker.route.state(at: min(time, vanishes)) else { return nil }
        if time < swims {
            let foot = shore.standing(state.place.x, state.place.y)
            return foot.z + person.height - shore.level
        }
        return Self.crown + sink(at: time)
    }

    /// Height of the head's top over the place of a swimmer.
    private static let crown: Float = 0.28

    /// How far the body has gone under, as a height.
    private func sink(at time: Float) -> Float {
        let bob = 0.035 * Wave.sine(time * 3.4)
        guard time > struggles else { return bob }
        let share = clamp((time - struggles) / (vanishes - struggles))
        let gasp = 0.16 * Wave.sine(time * 4.6) * (1 - share)
        return bob * (1 - share) + gasp - 0.1 * share - 0.2 * share * share
            - max(0, time - vanishes) * 0.5
    }

    private func spot(at time: Float) -> SIMD2<Float>? {
        walker.route.state(at: min(time, vanishes)).map { SIMD2($0.place.x, $0.place.y) }
    }

    /// The body at a time, nil where nobody is above the water.
    func mesh(at time: Float, on shore: Shore) -> Mesh? {
        if time < swims { return walker.mesh(at: time, on: shore) }
        guard time < vanishes, let state = walker.route.state(at: time) else { return nil }
        var mesh = Mesh()
        let skin = mesh.add(Surface(material: .plain, color: person.skin))
        let hair = mesh.add(
            Surface(material: .plain, color: person.hair, accent: Vector(0.1, 0, 0))
        )
        let suit = mesh.add(Surface(material: .cloth, color: person.jacket))
        let scale = person.height / 1.72
        let isStruggling = time > struggles
        mesh.addEllipsoid(Vector(0.12, 0, 0.14), radii: Vector(0.1, 0.085, 0.11), surface: skin)
        mesh.addEllipsoid(Vector(0.09, 0, 0.18), radii: Vector(0.105, 0.095, 0.1), surface: hair)
        mesh.addEllipsoid(
            Vector(-0.05, 0, -0.02),
            radii: Vector(0.16, 0.23, 0.09),
            surface: suit
        )
        if !isStruggling {
            mesh.addEllipsoid(
                Vector(-0.42, 0, -0.06),
                radii: Vector(0.34, 0.17, 0.09),
                surface: suit
            )
        }
        for (index, side) in [Float(0.21), -0.21].enumerated() {
            let beat = time * (isStruggling ? 9 : 4.4) + (index == 0 ? 0 : Float.pi)
            let rise = Wave.sine(beat)
            let shoulder = Vector(0, side, 0.02)
            let reach = isStruggling ? 0.12 : 0.38 * Wave.sine(beat + 1.57)
            let lift = isStruggling ? 0.3 + 0.2 * rise : 0.3 * rise
            let elbow = shoulder + Vector(reach * 0.6, side * 0.5, lift * 0.75)
            let hand = elbow + Vector(reach * 0.7, side * 0.1, lift * (isStruggling ? 0.9 : 0.1))
            mesh.addLimb(
                from: shoulder,
                to: elbow,
                radius: 0.055,
                endRadius: 0.045,
                surface: skin
            )
            mesh.addLimb(from: elbow, to: hand, radius: 0.042, endRadius: 0.036, surface: skin)
        }
        for index in mesh.vertices.indices { mesh.vertices[index].position *= scale }
        let height = shore.level + sink(at: time) * scale
        return mesh.placed(
            Placement(Vector(state.place.x, state.place.y, height), heading: state.heading)
        )
    }

    func show(at time: Float, on shore: Shore, in moment: inout Moment) {
        if time < swims {
            walker.show(at: time, on: shore, in: &moment)
            return
        }
        if let mesh = mesh(at: time, on: shore) {
            moment.figures.append(Figure(mesh: mesh, ground: nil))
        }
        moment.addWake(
            { $0 > swims - 2 && $0 < vanishes + 0.6 ? spot(at: $0) : nil },
            at: time,
            every: 0.22,
            for: 2.8,
            speed: 0.6,
            wave: 0.32,
            slope: time > struggles ? 0.17 : 0.1
        )
        guard let spot = spot(at: time) else { return }
        let wild = smoothstep(struggles - 0.5, struggles + 0.3, time)
        let gone = smoothstep(vanishes, vanishes + 2.5, time)
        let beat = 0.5 + 0.5 * Wave.sine(time * (4.4 + 4.6 * wild))
        let strength = (0.3 + 0.35 * wild + 0.35 * beat) * (1 - gone)
        let radius: Float = 0.3 + 0.3 * wild + 0.4 * gone
        moment.froth.append(Froth(center: spot, radius: radius, strength: strength))
        if gone == 0, beat > 0.45 { addSpray(at: spot, time, wild, shore, &moment) }
    }

    private func addSpray(
        at spot: SIMD2<Float>,
        _ time: Float,
        _ wild: Float,
        _ shore: Shore,
        _ moment: inout Moment
    ) {
        var mesh = Mesh()
        let white = mesh.add(Surface(material: .plain, color: Vector(repeating: 0.8)))
        let frame = Int32(time * 10)
        for index in 0..<Int32(5 + 14 * wild) {
            func chance(_ name: Int32) -> Float { Noise.hash(frame, index, name) - 0.5 }
            let spread = 0.5 + 0.5 * wild
            mesh.addEllipsoid(
                Vector(
                    spot.x + chance(401) * spread,
                    spot.y + chance(402) * spread,
                    shore.level + 0.05 + (chance(403) + 0.5) * (0.2 + 0.35 * wild)
                ),
                radii: Vector(repeating: 0.012 + 0.02 * (chance(404) + 0.5)),
                rows: 3,
                sides: 5,
                surface: white
            )
        }
        moment.figures.append(Figure(mesh: mesh, ground: nil))
    }
}
