/// Ducks that swim to and fro.
struct DuckFlock: ShoreActor {
    let count: Int
    /// The middle of where they are at the start, and how far they stray from it.
    let center: SIMD2<Float>
    let reach: SIMD2<Float>
    /// Metres a second that the middle moves.
    let speed: SIMD2<Float>
    let mood: Float

    /// Where a duck is at a time.
    func spot(_ index: Int, at time: Float) -> SIMD2<Float> {
        let own = Float(index) * 1.7 + mood
        let beat = time * (0.16 + 0.03 * Float(index % 3))
        let way = SIMD2(
            Wave.sine(beat + own * 2.3) + 0.5 * Wave.sine(beat * 1.9 + own),
            Wave.sine(beat * 0.8 + own * 1.9) + 0.4 * Wave.sine(beat * 2.3 + own * 3)
        )
        return center + speed * time + way * reach * 0.65
    }

    func show(at time: Float, on shore: Shore, in moment: inout Moment) {
        for index in 0..<count {
            let here = spot(index, at: time)
            guard shore.depth(here.x, here.y) > 0.1 else { continue }
            let way = spot(index, at: time + 0.2) - spot(index, at: time - 0.2)
            let bob = 0.012 * Wave.sine(time * 3 + Float(index))
            let duck = Duck.prop(
                at: Vector(here.x, here.y, shore.level + bob),
                heading: Route.heading(Vector(way.x, way.y, 0)),
                isDrake: index % 2 == 0
            )
            moment.figures.append(Figure(mesh: duck.mesh, ground: nil))
            moment.addWake(
                { spot(index, at: $0) },
                at: time,
                every: 0.4,
                for: 3.2,
                speed: 0.3,
                wave: 0.2,
                slope: 0.07
            )
        }
    }
}

/// Leaves and rubbish that the stream carries.
struct Flotsam: ShoreActor {
    enum Kind: CaseIterable, Sendable {
        case leaf
        case bottle
        case bag
        case branch
        case crate
    }

    struct Piece: Sendable {
        var kind: Kind
        var start: SIMD2<Float>
        var turn: Float
        var size: Float
        var color: Vector
    }

    let pieces: [Piece]
    let drift: SIMD2<Float>
    /// Metres along the bank after which a piece comes in again on the other side.
    let span: Float

    /// Where a piece is at a time.
    func spot(_ piece: Piece, at time: Float) -> SIMD2<Float> {
        var spot = piece.start + drift * time
        spot.y += 0.25 * Wave.sine(time * 0.23 + piece.turn)
        let turns = (spot.x / span + 0.5).rounded(.down)
        spot.x -= turns * span
        return spot
    }

    func show(at time: Float, on shore: Shore, in moment: inout Moment) {
        for piece in pieces {
            let here = spot(piece, at: time)
            guard shore.depth(here.x, here.y) > 0.05 else { continue }
            let bob = 0.012 * Wave.sine(time * 2.3 + piece.turn)
            let place = Vector(here.x, here.y, shore.level + bob)
            let heading = piece.turn + 0.15 * time + 0.3 * Wave.sine(time * 0.4 + piece.turn)
            let mesh = mesh(of: piece).placed(Placement(place, heading: heading))
            moment.figures.append(Figure(mesh: mesh, ground: nil))
        }
    }

    private func mesh(of piece: Piece) -> Mesh {
        var mesh = Mesh()
        let paint = mesh.add(Surface(material: .plain, color: piece.color))
        let size = piece.size
        switch piece.kind {
        case .leaf:
            mesh.addQuad(
                (
                    Vector(-size, 0, 0.01), Vector(0, -size * 0.5, 0.015),
                    Vector(size, 0, 0.01), Vector(0, size * 0.5, 0.015)
                ),
                surface: paint
            )
        case .bottle:
            mesh.addLimb(
                from: Vector(-size, 0, 0.02),
                to: Vector(size * 0.6, 0, 0.02),
                radius: size * 0.4,
                endRadius: size * 0.35,
                surface: paint
            )
        case .bag:
            mesh.addEllipsoid(
                Vector(0, 0, 0.02),
                radii: Vector(size, size * 0.8, size * 0.45),
                surface: paint
            )
        case .branch:
            mesh.addLimb(
                from: Vector(-size * 3, 0, 0),
                to: Vector(size * 3, 0, 0.02),
                radius: 0.05,
                endRadius: 0.03,
                surface: paint
            )
            mesh.addLimb(
                from: Vector(0, 0, 0),
                to: Vector(size * 1.5, size * 0.6, size),
                radius: 0.03,
                endRadius: 0.02,
                sides: 5,
                surface: paint
            )
        case .crate:
            mesh.addBox(
                Vector(-size, -size * 0.7, -0.1),
                Vector(size, size * 0.7, 0.12),
                surface: paint
            )
        }
        return mesh
    }
}
