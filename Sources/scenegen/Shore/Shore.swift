/// A piece of land at the water.
///
/// Lawn at height 0, a bank down to the water, its bed, and the other side. The water lies beyond
/// the lawn along +y; the camera's pole stands at the origin.
struct Shore: Sendable {
    enum Style: CaseIterable, Sendable {
        case beach
        case meadow
        case stones
    }

    var style = Style.beach
    /// Mean distance of the waterline from the camera's pole.
    var waterline: Float
    /// Height of the water.
    var level: Float
    /// Metres of slope above the waterline.
    var bankWidth: Float
    /// Fall of the bed for a metre away from the land.
    var bedSlope: Float
    /// Metres of water to the other side.
    var width: Float
    /// How far the waterline swings to and fro.
    var meander: Float
    var phase: Float

    /// The waterline's distance at a place along it.
    func edge(_ x: Float) -> Float {
        let swing = Wave.sine(x * 0.11 + phase) + 0.4 * Wave.sine(x * 0.31 + phase * 3)
        return waterline + meander * swing
    }

    /// Height of the ground, the bed under the water included.
    func height(_ x: Float, _ y: Float) -> Float {
        let out = y - edge(x)
        if out <= 0 {
            let share = clamp(-out / bankWidth)
            let rise = 0.65 * share + 0.35 * share * share * (3 - 2 * share)
            let bump = 0.05 * (Noise.value(x * 0.9, y * 0.9, 205) - 0.5)
            let near = smoothstep(0, 0.4, share) * (1 - smoothstep(0.8, 1, share))
            return level * (1 - rise) + bump * near
        }
        if out < width - 4 {
            let bump = 0.12 * (Noise.value(x * 0.9, y * 0.9, 206) - 0.5)
            return level - min(out * bedSlope, 2.2) + bump * smoothstep(0, 0.5, out)
        }
        let rise = (out - width) * 0.4
        return level + max(-1.6, min(rise, 0.4 - level))
    }

    /// Height of what carries a boat or a foot.
    func standing(_ x: Float, _ y: Float) -> Vector {
        Vector(x, y, height(x, y))
    }

    /// A place on the ground or, where there is water, on its surface.
    func surface(_ x: Float, _ y: Float) -> Vector {
        Vector(x, y, max(level, height(x, y)))
    }

    /// A place `out` metres from the waterline, negative on land.
    func place(_ x: Float, out: Float) -> Vector {
        surface(x, edge(x) + out)
    }

    /// Metres of water over the bed.
    func depth(_ x: Float, _ y: Float) -> Float {
        max(0, level - height(x, y))
    }
}

extension Shore {
    /// What stands still.
    struct Land: Sendable {
        /// The ground, on which shadows fall.
        var ground = Mesh()
        /// What stands on it and throws shadows.
        var things = Mesh()
    }

    /// The land as it stands there: ground, path, stones, trees and houses of the other side.
    func land(random: inout Random) -> Land {
        var land = Land()
        addTerrain(&land.ground)
        if style != .beach { addReeds(&land.things, &random) }
        addStones(&land.things, &random)
        addOtherSide(&land.things, &random)
        return land
    }

    private func addTerrain(_ mesh: inout Mesh) {
        let bank = mesh.add(
            Surface(
                material: .bank,
                color: bankColor,
                accent: Vector(earthShare * bankWidth, 0.4 + 0.25 * bankWidth, 0)
            )
        )
        let bed = mesh.add(Surface(material: .earth, color: Vector(0.2, 0.17, 0.11)))
        let path = mesh.add(
            Surface(
                material: .paving,
                color: Vector(0.4, 0.38, 0.34),
                accent: Vector(0.4, 0.2, 0)
            )
        )
        for row in 0..<(rows.count - 1) {
            let (near, far) = (rows[row], rows[row + 1])
            let isPath = near > -bankWidth - 3.51 && far < -bankWidth - 1.49
            let kind = isPath ? path : near >= 0 && far <= width ? bed : bank
            for column in 0..<(columns.count - 1) {
                addTile(&mesh, (columns[column], columns[column + 1]), (near, far), kind)
            }
        }
    }

    private func addTile(
        _ mesh: inout Mesh,
        _ x: (Float, Float),
        _ out: (Float, Float),
        _ kind: Int32
    ) {
        func corner(_ x: Float, _ out: Float) -> Vector {
            let y = edge(x) + out
            return Vector(x, y, height(x, y))
        }
        let corners = (
            corner(x.0, out.0), corner(x.1, out.0), corner(x.1, out.1), corner(x.0, out.1)
        )
        // The bank's material knows how far from the water it is.
        func local(_ corner: Vector, _ out: Float) -> Vector {
            Vector(corner.x, corner.y, out > 0 ? width - out : out)
        }
        mesh.addQuad(
            corners,
            locals: (
                local(corners.0, out.0), local(corners.1, out.0), local(corners.2, out.1),
                local(corners.3, out.1)
            ),
            surface: kind
        )
    }

    private var bankColor: Vector {
        switch style {
        case .beach: Vector(0.4, 0.34, 0.25)
        case .meadow: Vector(0.24, 0.19, 0.13)
        case .stones: Vector(0.33, 0.32, 0.3)
        }
    }

    /// Share of the bank's width that is bare.
    private var earthShare: Float {
        switch style {
        case .beach: 0.95
        case .meadow: 0.3
        case .stones: 0.75
        }
    }

    private var rows: [Float] {
        var rows: [Float] = [-70, -40, -20, -12]
        rows += [-bankWidth - 3.5, -bankWidth - 1.5, -bankWidth]
        rows += (1..<14).map { -bankWidth * (1 - Float($0) / 14) }
        rows += [0, 0.3, 0.6, 0.9, 1.2, 1.6, 2, 2.5, 3, 4, 5, 7, 9, 12]
        rows += [width - 6, width - 3, width - 1.5, width, width + 0.7, width + 1.6, width + 3]
        rows += [width + 12, width + 60]
        return rows.sorted()
    }

    private var columns: [Float] {
        (-30..<0).map { Float($0) * 5 - 30 } + (-30...30).map { Float($0) }
            + (1...30).map { 30 + Float($0) * 5 }
    }

    private func addStones(_ mesh: inout Mesh, _ random: inout Random) {
        let stone = mesh.add(Surface(material: .plain, color: Vector(0.27, 0.26, 0.24)))
        for _ in 0..<(style == .stones ? 240 : 60) {
            let x = random.number(-32, 32)
            let y = edge(x) + random.number(-0.7, 0.5)
            let size = random.number(0.05, style == .stones ? 0.3 : 0.17)
            mesh.addEllipsoid(
                Vector(x, y, height(x, y)),
                radii: Vector(size, size * random.number(0.6, 1), size * 0.5),
                rows: 4,
                sides: 7,
                surface: stone
            )
        }
    }

    private func addReeds(_ mesh: inout Mesh, _ random: inout Random) {
        let colors = [Vector(0.2, 0.22, 0.08), Vector(0.13, 0.19, 0.06), Vector(0.28, 0.25, 0.12)]
        let kinds = colors.map { mesh.add(Surface(material: .plain, color: $0)) }
        for _ in 0..<5 {
            let center = random.number(6, 26) * (random.number(0, 1) < 0.5 ? -1 : 1)
            for _ in 0..<60 {
                let x = center + random.number(-1.4, 1.4)
                let foot = standing(x, edge(x) + random.number(-0.3, 0.5))
                let lean = Vector(random.number(-0.2, 0.2), random.number(-0.2, 0.2), 0)
                let tip = foot + lean + Vector(0, 0, random.number(0.6, 1.3))
                let side = Vector(0.022, 0.008, 0)
                mesh.addQuad(
                    (foot - side, foot + side, tip + side * 0.4, tip - side * 0.4),
                    surface: random.pick(kinds)
                )
            }
        }
    }

    private func addOtherSide(_ mesh: inout Mesh, _ random: inout Random) {
        let isTown = random.number(0, 1) < 0.35
        let green = Vector(0.08, 0.13, 0.04)
        var x: Float = -140
        while x < 150 {
            Foliage.addTree(
                to: &mesh,
                at: Vector(x, edge(x) + width + random.number(4, 10), 0.3),
                height: random.number(2.6, 7),
                crown: random.number(2, 4.6),
                color: green * random.number(0.6, 1.5),
                random: &random
            )
            x += random.number(2, isTown ? 14 : 6)
        }
        x = -150
        while x < 150 {
            let size = random.number(2.5, isTown ? 3.5 : 7)
            Foliage.addClump(
                to: &mesh,
                Vector(x, edge(x) + width + random.number(14, 22), size * 0.4),
                radius: size,
                leaves: 60,
                color: green * random.number(0.5, 1.1),
                random: &random
            )
            x += size * random.number(0.7, 1.1)
        }
        if isTown { addHouses(&mesh, &random) }
        x = -60
        while x < 60 {
            Foliage.addClump(
                to: &mesh,
                Vector(x, edge(x) + width + random.number(0.6, 2), 0.1),
                radius: random.number(0.3, 0.9),
                leaves: 22,
                color: green * random.number(0.7, 1.6),
                random: &random
            )
            x += random.number(0.8, 9)
        }
    }

    private func addHouses(_ mesh: inout Mesh, _ random: inout Random) {
        var ground = Ground()
        let walls = [Vector(0.5, 0.46, 0.4), Vector(0.44, 0.34, 0.28), Vector(0.5, 0.5, 0.47)]
        var x: Float = -140
        while x < 140 {
            let span = random.number(9, 17)
            let y = edge(0) + width + 24
            ground.house(
                from: SIMD2(x, y),
                to: SIMD2(x + span, y),
                height: random.number(8, 17),
                color: random.pick(walls),
                seed: random.number(1, 900),
                hasShops: false
            )
            x += span + random.number(1, 9)
        }
        mesh.append(ground.mesh)
    }
}
