internal import Glibc
internal import Imaging

/// Turns linear light into the picture of a cheap camera: blur, vignette, exposure, tone curve,
/// noise, and the chroma of a coded picture (ITU-R BT.601, limited range).
final class Sensor {
    private let width: Int
    private let height: Int
    private var random: Random
    private let curve: [Float]
    private let vignette: [Float]
    private var small: [Vector]

    init(width: Int, height: Int, random: Random) {
        self.width = width
        self.height = height
        self.random = random
        curve = (0...4096).map { step in
            let light = Float(step) / 4096 * 4
            let exposed = 1 - expf(-1.35 * light)
            let display = powf(exposed, 1 / 2.2)
            return 255 * (display * 0.7 + 0.3 * display * display * (3 - 2 * display))
        }
        vignette = (0..<(width * height)).map { index in
            let x = (Float(index % width) + 0.5) / Float(width) - 0.5
            let y = (Float(index / width) + 0.5) / Float(height) - 0.5
            return 1 - 0.55 * (x * x + y * y * 0.8)
        }
        small = Array(repeating: Vector(repeating: 0), count: width * height)
    }

    /// Develops a picture from twice its columns and rows of linear light.
    func develop(
        _ light: UnsafeMutablePointer<SIMD4<Float>>,
        _ atmosphere: Atmosphere
    ) -> Picture {
        shrink(light, exposure: atmosphere.exposure)
        return expose(noise: atmosphere.noise)
    }

    /// Develops a picture from as many columns and rows of linear light.
    func developSharp(
        _ light: UnsafeMutablePointer<SIMD4<Float>>,
        exposure: Float,
        noise: Float
    ) -> Picture {
        small.withUnsafeMutableBufferPointer { small in
            for y in 0..<height {
                let row = light + y * width
                let above = light + max(0, y - 1) * width
                let below = light + min(height - 1, y + 1) * width
                for x in 0..<width {
                    let sides = row[max(0, x - 1)] + row[min(width - 1, x + 1)]
                    let sum = row[x] * 0.68 + (sides + above[x] + below[x]) * 0.08
                    let index = y * width + x
                    small[index] = Vector(sum.x, sum.y, sum.z) * (exposure * vignette[index])
                }
            }
        }
        return expose(noise: noise)
    }

    /// A tent of four by four samples: the lens is a little softer than the sensor.
    private func shrink(_ light: UnsafeMutablePointer<SIMD4<Float>>, exposure: Float) {
        let stride = width * 2
        small.withUnsafeMutableBufferPointer { small in
            for y in 0..<height {
                let rows = (max(2 * y - 1, 0), 2 * y, 2 * y + 1, min(2 * y + 2, height * 2 - 1))
                for x in 0..<width {
                    let left = max(2 * x - 1, 0)
                    let right = min(2 * x + 2, stride - 1)
                    func row(_ y: Int) -> SIMD4<Float> {
                        let base = light + y * stride
                        let outer = base[left] + base[right]
                        let inner = base[2 * x] + base[2 * x + 1]
                        return outer * 0.14 + inner * 0.36
                    }
                    let sum =
                        (row(rows.0) + row(rows.3)) * 0.14 + (row(rows.1) + row(rows.2)) * 0.36
                    let index = y * width + x
                    let gain = exposure * vignette[index]
                    small[index] = Vector(sum.x, sum.y, sum.z) * gain
                }
            }
        }
    }

    @inline(__always)
    private static func tone(_ light: Vector, _ curve: UnsafePointer<Float>) -> Vector {
        let most = Vector(repeating: 4095)
        var at = light * 1024
        at.replace(with: 0, where: .!(at .> 0))
        at.replace(with: most, where: at .> most)
        let (x, y, z) = (Whole.floor(at.x), Whole.floor(at.y), Whole.floor(at.z))
        let low = Vector(curve[x], curve[y], curve[z])
        let high = Vector(curve[x + 1], curve[y + 1], curve[z + 1])
        return low + (high - low) * (at - Vector(Float(x), Float(y), Float(z)))
    }

    private func expose(noise: Float) -> Picture {
        var picture = Picture(width: width, height: height)
        var chroma = [SIMD2<Float>](
            repeating: SIMD2(0, 0),
            count: (width / 2) * (height / 2)
        )
        var random = random
        chroma.withUnsafeMutableBufferPointer { chroma in
            picture.luma.withPointer { luma in
                random = expose(noise: noise, luma, chroma, random)
            }
        }
        for cell in 0..<chroma.count {
            let value = chroma[cell] * (0.25 * 0.86 * 224 / 255)
            let blue = value.x + noise * 0.35 * Self.gauss(&random)
            let red = value.y + noise * 0.35 * Self.gauss(&random)
            picture.blue.samples[cell] = UInt8(clamp(blue.rounded() + 128, 16, 240))
            picture.red.samples[cell] = UInt8(clamp(red.rounded() + 128, 16, 240))
        }
        self.random = random
        return picture
    }

    /// Fills the luma and adds up the chroma of each four pixels; gives the numbers left over.
    private func expose(
        noise: Float,
        _ luma: UnsafeMutablePointer<UInt8>,
        _ chroma: UnsafeMutableBufferPointer<SIMD2<Float>>,
        _ start: Random
    ) -> Random {
        var random = start
        let (width, height) = (width, height)
        let columns = width / 2
        curve.withUnsafeBufferPointer { buffer in
            small.withUnsafeBufferPointer { small in
                guard let curve = buffer.baseAddress else { return }
                for y in 0..<height {
                    for x in 0..<width {
                        let index = y * width + x
                        let shown = Self.tone(small[index], curve)
                        let (red, green, blue) = (shown.x, shown.y, shown.z)
                        let bright = 0.299 * red + 0.587 * green + 0.114 * blue
                        let sigma = noise * (0.7 + 0.6 * (1 - bright / 255))
                        let level = 16 + bright * (219 / 255) + sigma * Self.gauss(&random)
                        luma[index] = Self.nearest(clamp(level, 16, 235))
                        let cell = (y >> 1) * columns + (x >> 1)
                        chroma[cell] += SIMD2((blue - bright) * 0.564, (red - bright) * 0.713)
                    }
                }
            }
        }
        return random
    }

    /// The whole number nearest to one of 16 to 235, which adding a half to its fraction cannot
    /// round; halves up.
    @inline(__always)
    private static func nearest(_ number: Float) -> UInt8 {
        let whole = Whole.floor(number)
        let rest = number - Float(whole) + 0.5
        return UInt8(truncatingIfNeeded: whole + (rest >= 1 ? 1 : 0))
    }

    /// The sum of four uniform numbers, scaled to a standard deviation of 1.
    @inline(__always)
    private static func gauss(_ random: inout Random) -> Float {
        let bits = random.next()
        @inline(__always)
        func part(_ shift: UInt64) -> Float {
            Float(Int32(truncatingIfNeeded: (bits >> shift) & 0xFFFF))
        }
        let sum = part(0) + part(16) + part(32) + part(48)
        return (sum * (1 / 65536) - 2) * 1.7320508
    }
}
