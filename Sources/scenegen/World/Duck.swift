/// A duck on the water.
enum Duck {
    /// A duck that swims along `heading` with its waterline at `place`.
    static func prop(at place: Vector, heading: Float, isDrake: Bool) -> Prop {
        var mesh = Mesh()
        let body = isDrake ? Vector(0.36, 0.34, 0.32) : Vector(0.26, 0.19, 0.12)
        let head = isDrake ? Vector(0.03, 0.14, 0.07) : Vector(0.24, 0.18, 0.12)
        let feathers = mesh.add(Surface(material: .plain, color: body))
        let neck = mesh.add(Surface(material: .plain, color: head, accent: Vector(0.1, 0, 0)))
        let bill = mesh.add(Surface(material: .plain, color: Vector(0.55, 0.38, 0.05)))
        let tail = mesh.add(Surface(material: .plain, color: body * 0.5))
        mesh.addEllipsoid(Vector(0, 0, 0.06), radii: Vector(0.24, 0.13, 0.11), surface: feathers)
        mesh.addLimb(
            from: Vector(-0.18, 0, 0.09),
            to: Vector(-0.29, 0, 0.13),
            radius: 0.06,
            endRadius: 0.02,
            surface: tail
        )
        mesh.addLimb(
            from: Vector(0.17, 0, 0.1),
            to: Vector(0.22, 0, 0.24),
            radius: 0.05,
            endRadius: 0.045,
            surface: neck
        )
        mesh.addEllipsoid(Vector(0.23, 0, 0.27), radii: Vector(0.075, 0.055, 0.055), surface: neck)
        mesh.addLimb(
            from: Vector(0.29, 0, 0.26),
            to: Vector(0.34, 0, 0.25),
            radius: 0.025,
            endRadius: 0.018,
            surface: bill
        )
        return Prop(mesh: mesh.placed(Placement(place, heading: heading)))
    }
}
