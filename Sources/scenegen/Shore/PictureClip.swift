/// Lines and areas of the world as they lie in the picture, cut at its edges.
enum PictureClip {
    /// An area's corners in pixels (Sutherland and Hodgman); empty where nothing of it is seen.
    static func polygon(_ places: [Vector], _ camera: Camera) -> [SIMD2<Float>] {
        let seen = cut(places.map { camera.view($0) }, isClosed: true) { $0.z - 1 }
        var corners = seen.map { flat(camera.pixel($0)) }
        for edge in edges(camera) { corners = cut(corners, isClosed: true, edge) }
        return corners.map { SIMD2($0.x, $0.y) }
    }

    /// A line's points in pixels.
    static func line(_ places: [Vector], _ camera: Camera) -> [SIMD2<Float>] {
        let seen = cut(places.map { camera.view($0) }, isClosed: false) { $0.z - 1 }
        var points = seen.map { flat(camera.pixel($0)) }
        for edge in edges(camera) { points = cut(points, isClosed: false, edge) }
        return points.map { SIMD2($0.x, $0.y) }
    }

    private static func flat(_ at: SIMD2<Float>) -> Vector { Vector(at.x, at.y, 0) }

    private static func edges(_ camera: Camera) -> [(Vector) -> Float] {
        let (right, bottom) = (Float(camera.width), Float(camera.height))
        return [{ $0.x }, { right - $0.x }, { $0.y }, { bottom - $0.y }]
    }

    /// What lies where `inside` is not negative.
    private static func cut(
        _ points: [Vector],
        isClosed: Bool,
        _ inside: (Vector) -> Float
    ) -> [Vector] {
        var result: [Vector] = []
        var previous = isClosed ? points.last : nil
        for point in points {
            let here = inside(point)
            if let before = previous {
                let there = inside(before)
                if (here < 0) != (there < 0) {
                    result.append(mix(before, point, there / (there - here)))
                }
            }
            if here >= 0 { result.append(point) }
            previous = point
        }
        return result
    }
}
