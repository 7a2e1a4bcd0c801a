/// Draws a piece of shore: what stands still is drawn and lit once, water and moving things anew
/// for every picture.
final class ShoreStage {
    let camera: Camera
    let shore: Shore
    let light: ShoreLight
    let look: WaterLook
    let count: Int
    /// Colour of the air far away.
    let air: Vector
    /// What stands still: linear RGB without and with the sun, and depth.
    private let shade: UnsafeMutablePointer<SIMD4<Float>>
    private let still: UnsafeMutablePointer<SIMD4<Float>>
    /// Half the columns and rows.
    let mirrorCamera: Camera
    /// What the water would show if it were flat: linear RGB and depth, as `mirrorCamera` sees it.
    private let stillMirror: UnsafeMutablePointer<SIMD4<Float>>
    private let liveMirror: UnsafeMutablePointer<SIMD4<Float>>
    let mirror: Mirror
    /// Linear RGB and depth of the picture being drawn.
    let frame: UnsafeMutablePointer<SIMD4<Float>>
    /// Slopes and white water that figures make, by pixel.
    let slopes: UnsafeMutablePointer<SIMD2<Float>>
    let froth: UnsafeMutablePointer<Float>
    private let shadow: UnsafeMutablePointer<Float>
    /// Moving things at twice the columns and rows; depth 1e9 where there is nothing.
    private let overlay: UnsafeMutablePointer<SIMD4<Float>>
    var water: [WaterPixel] = []
    var between: [BetweenPixel] = []
    /// The water's colours in this picture, by pixel.
    let tints: UnsafeMutablePointer<SIMD4<Float>>
    /// Number of a pixel's entry in `water`, or -1.
    var waterIndex: [Int32]
    private var mirrorDirty: [PixelBox] = []

    init(
        camera: Camera,
        shore: Shore,
        light: ShoreLight,
        look: WaterLook,
        land: Shore.Land
    ) {
        self.camera = camera
        mirrorCamera = camera.halved()
        self.shore = shore
        self.light = light
        self.look = look
        count = camera.width * camera.height
        air = light.horizon * 0.95
        shade = Self.buffer(count)
        still = Self.buffer(count)
        stillMirror = Self.buffer(count / 4)
        liveMirror = Self.buffer(count / 4)
        mirror = Mirror(width: camera.width / 2, height: camera.height / 2)
        frame = Self.buffer(count)
        tints = Self.buffer(count)
        slopes = .allocate(capacity: count)
        slopes.initialize(repeating: SIMD2(0, 0), count: count)
        froth = .allocate(capacity: count)
        froth.initialize(repeating: 0, count: count)
        shadow = .allocate(capacity: count)
        shadow.initialize(repeating: 0, count: count)
        overlay = Self.buffer(count * 4)
        waterIndex = Array(repeating: -1, count: count)
        ShoreBake(stage: self, land: land).run(shade: shade, still: still)
        bakeMirror(land)
    }

    private static func buffer(_ count: Int) -> UnsafeMutablePointer<SIMD4<Float>> {
        let buffer = UnsafeMutablePointer<SIMD4<Float>>.allocate(capacity: count)
        buffer.initialize(repeating: SIMD4(0, 0, 0, 1e9), count: count)
        return buffer
    }

    deinit {
        for buffer in [shade, still, stillMirror, liveMirror, frame, overlay, tints] {
            buffer.deallocate()
        }
        slopes.deallocate()
        froth.deallocate()
        shadow.deallocate()
    }

    private func bakeMirror(_ land: Shore.Land) {
        let columns = mirrorCamera.width
        for index in 0..<(mirrorCamera.width * mirrorCamera.height) {
            var ray = normalized(mirrorCamera.ray(index % columns, index / columns))
            ray.z = abs(ray.z)
            stillMirror[index] = SIMD4(light.sky(ray), 1e9)
        }
        let sink = LitSink(
            camera: mirrorCamera,
            target: stillMirror,
            light: light,
            mirror: shore.level,
            behind: nil
        )
        for mesh in [land.ground, land.things] {
            Rasterizer(camera: mirrorCamera).draw(mesh.mirrored(at: shore.level), into: sink)
        }
        liveMirror.update(from: stillMirror, count: count / 4)
        mirror.take(stillMirror, 0..<(count / 4))
    }

    /// Draws the picture of one moment into `frame`.
    func render(_ moment: Moment, time: Float) {
        frame.update(from: still, count: count)
        drawShadows(moment)
        drawMirror(moment)
        let boxes = splash(moment)
        shadeWater(time: time)
        for box in boxes {
            box.forEachRow(width: camera.width) { start, count in
                (slopes + start).update(repeating: SIMD2(0, 0), count: count)
                (froth + start).update(repeating: 0, count: count)
            }
        }
        drawFigures(moment)
    }

    private func box(of mesh: Mesh) -> PixelBox? {
        camera.box(of: mesh).map { PixelBox($0, camera) }
    }

    private func drawShadows(_ moment: Moment) {
        guard light.sun.x > 0.4 else { return }
        let sink = ShadowSink(mask: shadow)
        for figure in moment.figures {
            guard let ground = figure.ground, ground > shore.level - 0.05 else { continue }
            let flat = figure.mesh.flattened(to: ground + 0.03, along: light.sunDirection)
            guard let box = box(of: flat) else { continue }
            Rasterizer(camera: camera).draw(flat, into: sink)
            box.forEachRow(width: camera.width) { start, count in
                for index in start..<(start + count) where shadow[index] > 0 {
                    shadow[index] = 0
                    frame[index] = still[index] * 0.12 + shade[index] * 0.88
                    frame[index].w = still[index].w
                }
            }
        }
    }

    private func drawMirror(_ moment: Moment) {
        for box in mirrorDirty {
            box.forEachRow(width: mirrorCamera.width) { start, count in
                (liveMirror + start).update(from: stillMirror + start, count: count)
                mirror.take(stillMirror, start..<(start + count))
            }
        }
        mirrorDirty.removeAll(keepingCapacity: true)
        let sink = LitSink(
            camera: mirrorCamera,
            target: liveMirror,
            light: light,
            mirror: shore.level,
            behind: nil
        )
        for figure in moment.figures {
            let upsideDown = figure.mesh.mirrored(at: shore.level)
            guard let seen = mirrorCamera.box(of: upsideDown) else { continue }
            Rasterizer(camera: mirrorCamera).draw(upsideDown, into: sink)
            mirrorDirty.append(PixelBox(seen, mirrorCamera))
        }
        for box in mirrorDirty {
            box.forEachRow(width: mirrorCamera.width) { start, count in
                mirror.take(liveMirror, start..<(start + count))
            }
        }
    }

    private func drawFigures(_ moment: Moment) {
        let fine = camera.supersampled(2)
        let sink = LitSink(
            camera: fine,
            target: overlay,
            light: light,
            mirror: nil,
            behind: frame
        )
        var boxes: [PixelBox] = []
        for figure in moment.figures {
            guard let box = box(of: figure.mesh) else { continue }
            Rasterizer(camera: fine).draw(figure.mesh, into: sink)
            boxes.append(box)
        }
        let empty = SIMD4<Float>(0, 0, 0, 1e9)
        let stride = camera.width * 2
        for box in boxes {
            for y in box.top..<box.bottom {
                for x in box.left..<box.right {
                    let first = y * 2 * stride + x * 2
                    var sum = SIMD4<Float>(0, 0, 0, 0)
                    var covered: Float = 0
                    for sample in [first, first + 1, first + stride, first + stride + 1]
                    where overlay[sample].w < 1e8 {
                        sum += overlay[sample]
                        covered += 1
                        overlay[sample] = empty
                    }
                    guard covered > 0 else { continue }
                    let index = y * camera.width + x
                    let depth = frame[index].w
                    frame[index] = (frame[index] * (4 - covered) + sum) * 0.25
                    frame[index].w = covered > 2 ? sum.w / covered : depth
                }
            }
        }
    }
}

/// A box of whole pixels within a picture.
struct PixelBox {
    var left: Int
    var top: Int
    var right: Int
    var bottom: Int

    /// What covers a box of left, top, right, bottom, a pixel wider.
    init(_ box: SIMD4<Float>, _ camera: Camera) {
        left = Int(clamp(box.x - 1, 0, Float(camera.width)))
        top = Int(clamp(box.y - 1, 0, Float(camera.height)))
        right = Int(clamp(box.z + 2, 0, Float(camera.width)))
        bottom = Int(clamp(box.w + 2, 0, Float(camera.height)))
    }

    /// Calls `body` with each row's first index and its length.
    @inline(__always)
    func forEachRow(width: Int, _ body: (Int, Int) -> Void) {
        guard left < right else { return }
        for y in top..<max(top, bottom) { body(y * width + left, right - left) }
    }
}
