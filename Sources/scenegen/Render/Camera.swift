internal import Glibc

/// A pinhole camera on a pole.
struct Camera {
    let position: Vector
    let right: Vector
    let down: Vector
    let forward: Vector
    /// Focal length in pixels.
    let focal: Float
    let width: Int
    let height: Int

    /// Near plane in metres.
    static let near: Float = 0.6

    /// A camera at `position`, turned to the right of +y by `yaw`, tilted below the horizon by
    /// `pitch`, seeing `fieldOfView` across its width, all three in degrees.
    init(
        position: Vector,
        yaw: Float,
        pitch: Float,
        fieldOfView: Float,
        width: Int,
        height: Int
    ) {
        let turn = circle(yaw * .pi / 180)
        let tilt = circle(pitch * .pi / 180)
        self.position = position
        right = Vector(turn.x, -turn.y, 0)
        forward = Vector(turn.y * tilt.x, turn.x * tilt.x, -tilt.y)
        down = cross(forward, right)
        focal = Float(width) / 2 / tanf(fieldOfView * .pi / 360)
        self.width = width
        self.height = height
    }

    private init(_ camera: Camera, scale: Int, over divisor: Int = 1) {
        position = camera.position
        right = camera.right
        down = camera.down
        forward = camera.forward
        focal = camera.focal * Float(scale) / Float(divisor)
        width = camera.width * scale / divisor
        height = camera.height * scale / divisor
    }

    /// The same camera with `scale` times the columns and rows.
    func supersampled(_ scale: Int) -> Camera {
        Camera(self, scale: scale)
    }

    /// The same camera with half the columns and rows.
    func halved() -> Camera {
        Camera(self, scale: 1, over: 2)
    }

    /// Place in camera coordinates: right, down, depth.
    @inline(__always)
    func view(_ point: Vector) -> Vector {
        let offset = point - position
        return Vector(dot(offset, right), dot(offset, down), dot(offset, forward))
    }

    /// Column and row of a point in front of the camera.
    @inline(__always)
    func pixel(_ view: Vector) -> SIMD2<Float> {
        SIMD2(
            Float(width) / 2 + focal * view.x / view.z,
            Float(height) / 2 + focal * view.y / view.z
        )
    }

    /// Column and row of a place.
    func pixel(of point: Vector) -> SIMD2<Float> {
        let seen = view(point)
        return pixel(Vector(seen.x, seen.y, max(seen.z, Camera.near)))
    }

    /// The ray through a pixel's centre, not normalised: its part along `forward` is 1.
    @inline(__always)
    func ray(_ x: Int, _ y: Int) -> Vector {
        let across = (Float(x) + 0.5 - Float(width) / 2) / focal
        let along = (Float(y) + 0.5 - Float(height) / 2) / focal
        return forward + right * across + down * along
    }

    /// The exact box around a mesh, cut to the picture: left, top, right, bottom in pixels, or nil
    /// where nothing of it lies in the picture.
    func box(of mesh: Mesh) -> SIMD4<Float>? {
        var box: SIMD4<Float>?
        for vertex in mesh.vertices {
            let seen = view(vertex.position)
            guard seen.z > Camera.near else { continue }
            let at = pixel(seen)
            if let old = box {
                box = SIMD4(
                    min(old.x, at.x),
                    min(old.y, at.y),
                    max(old.z, at.x),
                    max(old.w, at.y)
                )
            } else {
                box = SIMD4(at.x, at.y, at.x, at.y)
            }
        }
        guard let full = box else { return nil }
        let cut = SIMD4(
            max(full.x, 0),
            max(full.y, 0),
            min(full.z, Float(width)),
            min(full.w, Float(height))
        )
        return cut.x < cut.z && cut.y < cut.w ? cut : nil
    }
}
