internal import Scene

extension Form<PersonScale> {
    /// How tall people look, by two of them at two places of the picture.
    static var scale: Form {
        let pair = Form<[PersonScale.Reference]>.list(
            of: .reference,
            count: 2...2,
            "reference heights"
        )
        .checked { pair, _ in problem(pair[0], pair[1]) }
        return Form { cursor in pair.read(cursor).flatMap { PersonScale($0[0], $0[1]) } }
    }

    private static func problem(
        _ a: PersonScale.Reference,
        _ b: PersonScale.Reference
    ) -> Problem? {
        guard PersonScale(a, b) == nil else { return nil }
        let (far, near) = a.y < b.y ? (a, b) : (b, a)
        guard near.height < far.height else {
            return Problem(
                "has both heights at nearly the same place: y \(far.y) and y \(near.y)",
                "measure at two rows that are 0.05 apart or more, better at 0.4 and 0.9"
            )
        }
        return Problem(
            "lets people grow with the distance: height \(far.height) at y \(far.y), and "
                + "\(near.height) further down at y \(near.y)",
            "y is the row of the feet, 0 at the top; who stands further down looks taller"
        )
    }
}

extension Form<PersonScale.Reference> {
    /// A person's height where the feet are at a row.
    static var reference: Form {
        .mapping { reader in
            let y = reader.required("y", .number(0...1), example: "0.9")
            let height = reader.required("height", .number(0.005...2), example: "0.35")
            guard let y, let height else { return nil }
            return PersonScale.Reference(y: y, height: height)
        }
    }
}
