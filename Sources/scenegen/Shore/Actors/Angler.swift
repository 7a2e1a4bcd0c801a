/// Somebody who comes, or has always been there, and fishes: stands with a rod, casts now and then.
struct Angler: ShoreActor {
    let walker: ShoreWalker
    /// When the rod is taken up.
    let arrives: Float
    /// Where the hook lies, on the water.
    let float: SIMD2<Float>
    /// Times of casting.
    let casts: [Float]

    /// The angler without the rod at a time.
    func mesh(at time: Float, on shore: Shore) -> Mesh? {
        guard let state = walker.route.state(at: time) else { return nil }
        if state.pace > 0.1 { return walker.mesh(at: time, on: shore) }
        let pull = swing(at: time)
        let pose = Pose(
            arms: SIMD2(0.75 + 0.5 * pull, 0.55 + 0.7 * pull),
            elbows: SIMD2(0.8, 0.9),
            lean: 0.05 + 0.03 * Wave.sine(time * 0.4),
            sideways: 0.025 * Wave.sine(time * 0.5),
            look: 0.25 * Wave.sine(time * 0.37)
        )
        let foot = shore.standing(state.place.x, state.place.y)
        return walker.person.mesh(at: foot, heading: heading(from: foot), pose: pose)
    }

    private func heading(from foot: Vector) -> Float {
        Route.heading(Vector(float.x - foot.x, float.y - foot.y, 0))
    }

    /// 1 while the rod is thrown back.
    private func swing(at time: Float) -> Float {
        casts.reduce(0) { sum, cast in
            max(sum, smoothstep(-0.9, 0, time - cast) * (1 - smoothstep(0.1, 0.45, time - cast)))
        }
    }

    func show(at time: Float, on shore: Shore, in moment: inout Moment) {
        guard let state = walker.route.state(at: time), let body = mesh(at: time, on: shore) else {
            return
        }
        let foot = shore.standing(state.place.x, state.place.y)
        moment.figures.append(Figure(mesh: body, ground: max(foot.z, shore.level)))
        let scale = walker.person.height / 1.72
        var mesh = Mesh()
        let cane = mesh.add(Surface(material: .plain, color: Vector(0.09, 0.07, 0.05)))
        let isFishing = state.pace < 0.1
        let angle = isFishing ? 0.45 + 1.5 * swing(at: time) + 0.02 * Wave.sine(time) : 1.1
        let rod = circle(angle)
        let hand = Vector(0.32, 0, isFishing ? 1.15 : 0.95) * scale
        mesh.addLimb(
            from: hand - Vector(rod.x, 0, rod.y) * 0.4,
            to: hand + Vector(rod.x, 0, rod.y) * 3.2,
            radius: 0.022,
            endRadius: 0.01,
            sides: 5,
            surface: cane
        )
        let turn = isFishing ? heading(from: foot) : state.heading
        moment.figures.append(
            Figure(mesh: mesh.placed(Placement(foot, heading: turn)), ground: foot.z)
        )
        if isFishing { addGear(at: time, foot, shore, &moment) }
    }

    private func addGear(
        at time: Float,
        _ foot: Vector,
        _ shore: Shore,
        _ moment: inout Moment
    ) {
        var mesh = Mesh()
        let red = mesh.add(Surface(material: .plain, color: Vector(0.7, 0.08, 0.04)))
        let dip = 0.02 * Wave.sine(time * 2.1)
        mesh.addEllipsoid(
            Vector(float.x, float.y, shore.level + 0.04 + dip),
            radii: Vector(0.05, 0.05, 0.09),
            rows: 4,
            sides: 6,
            surface: red
        )
        moment.figures.append(Figure(mesh: mesh, ground: nil))
        for cast in casts where time > cast + 0.4 && time < cast + 2.4 {
            let age = time - cast - 0.4
            moment.rings.append(
                Ring(center: float, radius: 0.5 * age, wave: 0.2, slope: 0.2 * (1 - age / 2))
            )
        }
        var bucket = Mesh()
        let blue = bucket.add(Surface(material: .plain, color: Vector(0.08, 0.16, 0.32)))
        bucket.addBox(Vector(-0.16, 0.5, 0), Vector(0.16, 0.8, 0.3), surface: blue)
        let place = Placement(foot - Vector(0, 0, 0.02), heading: heading(from: foot))
        moment.figures.append(Figure(mesh: bucket.placed(place), ground: foot.z))
    }
}
