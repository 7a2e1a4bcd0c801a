extension Form<Double> {
    /// Where a camera looks: degrees clockwise from north, or one of 16 compass points.
    static var direction: Form {
        let points = [
            "n", "nne", "ne", "ene", "e", "ese", "se", "sse",
            "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw",
        ]
        return scalar("degrees 0 to 360 or a compass point such as ne") { text in
            if let point = points.firstIndex(of: text.lowercased()) {
                return .success(Double(point) * 22.5)
            }
            guard let degrees = decimal(text[...]) else {
                return .failure(
                    Problem("is not a direction", "write degrees 0 to 360 or n, ne, e, se, ...")
                )
            }
            guard (0...360).contains(degrees) else {
                return .failure(Problem("is out of range", "write degrees 0 to 360"))
            }
            return .success(degrees)
        }
    }
}
