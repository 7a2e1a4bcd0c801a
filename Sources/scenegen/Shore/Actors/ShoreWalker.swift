/// Somebody who walks along a way, into the water where it leads there, and does something where
/// the way stops.
struct ShoreWalker: ShoreActor {
    enum Pastime: CaseIterable, Sendable {
        case stand
        case squat
        case play
        case wave
    }

    let person: Person
    let route: Route
    let pastime: Pastime
    let mood: Float

    /// Where the feet are at a time, nil where nobody is there.
    func foot(at time: Float, on shore: Shore) -> Vector? {
        route.state(at: time).map { shore.standing($0.place.x, $0.place.y) }
    }

    /// The body at a time.
    func mesh(at time: Float, on shore: Shore) -> Mesh? {
        guard let state = route.state(at: time) else { return nil }
        var pose = Person.walking(state.distance * 1.72 / person.height)
        pose.swing *= state.pace
        let depth = shore.depth(state.place.x, state.place.y)
        pose.swing *= 1 - 0.4 * smoothstep(0.2, 0.7, depth)
        pose.arms += SIMD2(repeating: 0.9 * smoothstep(0.4, 0.9, depth / person.height * 1.6))
        rest(&pose, time, 1 - state.pace)
        let foot = shore.standing(state.place.x, state.place.y)
        return person.mesh(
            at: foot,
            heading: state.heading + 0.5 * Wave.sine(time * 0.31 + mood) * (1 - state.pace),
            pose: pose
        )
    }

    private func rest(_ pose: inout Pose, _ time: Float, _ share: Float) {
        let sway = Wave.sine(time * 0.9 + mood)
        pose.sideways += 0.03 * share * sway
        pose.look = 0.6 * Wave.sine(time * 0.7 + mood)
        switch pastime {
        case .stand:
            pose.elbows += SIMD2(repeating: 0.5 * share * (0.5 + 0.5 * sway))
        case .squat:
            pose.crouch = share
            pose.arms += SIMD2(repeating: share * (0.7 + 0.25 * Wave.sine(time * 1.9 + mood)))
            pose.elbows += SIMD2(repeating: share * 0.4)
        case .play:
            let beat = Wave.sine(time * 0.8 + mood)
            pose.crouch = share * smoothstep(-0.2, 0.5, beat)
            pose.lean += 0.15 * share
            pose.arms +=
                SIMD2(Wave.sine(time * 3.1 + mood), Wave.sine(time * 2.6)) * (0.7 * share)
        case .wave:
            let lift = smoothstep(0, 0.6, Wave.sine(time * 0.5 + mood))
            pose.arms.y += share * lift * 2.3
            pose.elbows.y += share * lift * (0.4 + 0.4 * Wave.sine(time * 6))
        }
    }

    func show(at time: Float, on shore: Shore, in moment: inout Moment) {
        guard let mesh = mesh(at: time, on: shore), let foot = foot(at: time, on: shore) else {
            return
        }
        moment.figures.append(Figure(mesh: mesh, ground: max(foot.z, shore.level)))
        guard foot.z < shore.level - 0.03 else { return }
        moment.addWake(
            { wading(at: $0, on: shore) },
            at: time,
            every: 0.3,
            for: 2.4,
            speed: 0.55,
            wave: 0.28,
            slope: 0.09
        )
        guard let pace = route.state(at: time)?.pace, pace > 0.3 else { return }
        let spot = SIMD2(foot.x, foot.y)
        moment.froth.append(Froth(center: spot, radius: 0.3, strength: 0.5 * pace))
    }

    private func wading(at time: Float, on shore: Shore) -> SIMD2<Float>? {
        guard let foot = foot(at: time, on: shore), foot.z < shore.level - 0.03 else { return nil }
        return SIMD2(foot.x, foot.y)
    }
}
