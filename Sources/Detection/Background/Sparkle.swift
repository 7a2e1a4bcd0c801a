internal import Imaging
internal import Scene

/// Where the water sparkles: how often a pixel's level jumps from one picture to the next, over
/// many seconds and by cells of 8 by 8 pixels.
struct Sparkle {
    private let bounds: PixelBox
    private let width: Int
    private let columns: Int
    private let rows: Int
    private let before: Buffer<UInt8>
    let cells: Buffer<Float>
    private let pictures = Buffer<Int>(count: 1, filledWith: 0)

    init(bounds: PixelBox, width: Int) {
        self.bounds = bounds
        self.width = width
        columns = (bounds.width + 7) / 8
        rows = (bounds.height + 7) / 8
        before = Buffer(count: bounds.area, filledWith: 0)
        cells = Buffer(count: columns * rows, filledWith: 0)
    }

    func follow(_ now: UnsafePointer<UInt8>, seconds: Double) {
        pictures.base[0] += 1
        let n = pictures.base[0]
        if n > 1 {
            let share = Float(max(1 / Double(n - 1), min(0.5, seconds / 8)))
            for cy in 0..<rows {
                for cx in 0..<columns {
                    var count = 0
                    var total = 0
                    for y in (cy * 8)..<min(bounds.height, cy * 8 + 8) {
                        for x in (cx * 8)..<min(bounds.width, cx * 8 + 8) {
                            let a = Int(now[(bounds.y + y) * width + bounds.x + x])
                            let b = Int(before.base[y * bounds.width + x])
                            total += 1
                            if abs(a - b) >= 40 { count += 1 }
                        }
                    }
                    let value = Float(count) / Float(max(1, total))
                    cells.base[cy * columns + cx] += (value - cells.base[cy * columns + cx]) * share
                }
            }
        }
        for y in 0..<bounds.height {
            (before.base + y * bounds.width).update(
                from: now + (bounds.y + y) * width + bounds.x, count: bounds.width)
        }
    }

    /// mean and max over a box grown
    func look(_ box: PixelBox, grow: Int) -> (mean: Double, max: Double) {
        var (sum, most, count) = (0.0, 0.0, 0)
        let x0 = max(0, (box.x - grow - bounds.x) / 8), x1 = min(columns - 1, (box.maxX + grow - bounds.x) / 8)
        let y0 = max(0, (box.y - grow - bounds.y) / 8), y1 = min(rows - 1, (box.maxY + grow - bounds.y) / 8)
        if x0 > x1 || y0 > y1 { return (0, 0) }
        for y in y0...y1 { for x in x0...x1 {
            let v = Double(cells.base[y * columns + x])
            sum += v; most = max(most, v); count += 1
        } }
        return (sum / Double(count), most)
    }
}
