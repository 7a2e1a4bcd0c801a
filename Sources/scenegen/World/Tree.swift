/// A street tree: its trunk stands still, its leaves sway.
struct Tree {
    private struct Leaf {
        var place: Vector
        var normal: Vector
        var side: Vector
        var up: Vector
        var color: Vector
        var looseness: Float
    }

    let place: Vector
    let trunk: Mesh
    private var leaves: [Leaf] = []

    /// A tree with its crown's middle at `height` above its foot.
    init(
        at place: Vector,
        height: Float,
        crown: Float,
        count: Int = 1500,
        color: Vector = Vector(0.1, 0.16, 0.045),
        random: inout Random
    ) {
        self.place = place
        var mesh = Mesh()
        let bark = mesh.add(Surface(material: .bark, color: Vector(0.2, 0.16, 0.12)))
        let fork = place + Vector(random.number(-0.2, 0.2), 0, height * 0.75)
        mesh.addLimb(from: place, to: fork, radius: 0.16, endRadius: 0.1, surface: bark)
        var clumps: [(Vector, Float)] = []
        for _ in 0..<9 {
            let offset = Vector(
                random.number(-0.7, 0.7),
                random.number(-0.7, 0.7),
                random.number(-0.45, 0.6)
            )
            let center = place + Vector(0, 0, height) + offset * crown
            clumps.append((center, crown * random.number(0.38, 0.6)))
            mesh.addLimb(from: fork, to: center, radius: 0.06, endRadius: 0.02, surface: bark)
        }
        trunk = mesh
        for _ in 0..<count {
            let (center, radius) = random.pick(clumps)
            let out = normalized(
                Vector(random.number(-1, 1), random.number(-1, 1), random.number(-0.8, 1))
            )
            let spot = center + out * radius * random.number(0.45, 1)
            let tilt = normalized(
                out + Vector(random.number(-0.7, 0.7), random.number(-0.7, 0.7), 0.3)
            )
            let side = normalized(cross(tilt, Vector(0.3, 0.1, 1)))
            let size = random.number(0.07, 0.15)
            let depth = 0.55 + 0.45 * clamp((spot.z - center.z) / radius + 0.5)
            let hue = random.number(0.75, 1.3)
            leaves.append(
                Leaf(
                    place: spot,
                    normal: normalized(out + Vector(0, 0, 0.5)),
                    side: side * size,
                    up: cross(side, tilt) * size,
                    color: color * depth * Vector(hue * random.number(0.85, 1.25), hue, hue),
                    looseness: random.number(0.4, 1)
                )
            )
        }
    }

    /// The crowns of several trees in a breath of wind, their shadows left to `shade(of:)`.
    static func crowns(of trees: [Tree], at time: Float, wind: Float) -> [Prop] {
        trees.map { Prop(mesh: $0.crown(at: time, wind: wind), castsShadow: false) }
    }

    /// The crowns of several trees at rest.
    static func shade(of trees: [Tree]) -> Mesh {
        trees.reduce(into: Mesh()) { $0.append($1.crown(at: 0, wind: 0)) }
    }

    /// The leaves at a moment; `wind` is how far the outermost sway, in metres.
    func crown(at time: Float, wind: Float) -> Mesh {
        var mesh = Mesh()
        mesh.vertices.reserveCapacity(leaves.count * 4)
        for leaf in leaves {
            let paint = mesh.add(Surface(material: .leaf, color: leaf.color))
            let beat = time * 1.9 + leaf.place.x * 0.8 + leaf.place.z * 0.5
            let flutter = time * 5.3 + leaf.place.y * 7 + leaf.place.z * 5
            let shift =
                Vector(
                    Wave.sine(beat) + 0.35 * Wave.sine(flutter),
                    0.4 * Wave.sine(beat * 0.8 + 1),
                    0.25 * Wave.sine(flutter * 0.9)
                ) * (wind * leaf.looseness)
            let center = leaf.place + shift
            let corners: [(Float, Float)] = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
            let first = Int32(mesh.vertices.count)
            for (u, v) in corners {
                _ = mesh.add(
                    center + leaf.side * u + leaf.up * v,
                    normal: leaf.normal,
                    local: Vector(u, v, leaf.place.x * 9)
                )
            }
            mesh.add(first, first + 1, first + 2, paint)
            mesh.add(first, first + 2, first + 3, paint)
        }
        return mesh
    }
}
