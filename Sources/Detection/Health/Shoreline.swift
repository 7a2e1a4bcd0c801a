internal import Imaging
internal import Scene

/// Notices that the water has come over what was dry ground in a zone.
///
/// The zone is divided into cells; a cell whose pixels are restless on average, or differ from
/// picture to picture by more than a sensor's noise, is as water is. Dry ground is what has been
/// calm until now, of what the operator did not draw as water.
struct Shoreline: Hashable, Codable {
    /// Share of time that each cell was restless, 0 to 255.
    @PackedBytes private var usual: [UInt8] = []
    private var age = 0.0
    /// Seconds since the shares were last moved.
    private var pending = 0.0

    /// Columns and rows of a cell in pixels.
    static let cell = 8
    /// Mean tenths of toggles from which on a cell is restless.
    private static let restless = 40
    /// The same for the mean difference from picture to picture, in eighths of a level.
    private static let noisy = 32
    /// Seconds until it is known which cells are dry.
    private static let youth = 60.0
    /// Every so many seconds a share moves by one of 255.
    private static let pace = 2.0

    /// Takes in the water of one picture.
    ///
    /// - Parameters:
    ///   - look: the picture.
    ///   - seconds: time since the look before that taught something.
    ///   - learns: whether the present state may become the usual one.
    /// - Returns: share of the dry cells that are restless; 0 where nothing is known yet.
    mutating func step(_ look: SightWatch.Look, seconds: Double, learns: Bool) -> Double {
        let cells = Self.cells(look)
        if usual.count != cells.count {
            usual = cells.map { $0.isRestless ? 128 : 0 }
            age = 0
        }
        age += seconds
        pending += seconds
        let isDue = pending >= Self.pace
        if isDue { pending = 0 }
        var (dry, flooded) = (0, 0)
        for (index, cell) in cells.enumerated() where cell.isIn {
            if cell.mayBeDry && usual[index] < 26 {
                dry += 1
                flooded += cell.isRestless ? 1 : 0
            }
            guard isDue, learns || age < Self.youth else { continue }
            let step = age < Self.youth ? 8 : 1
            let value = Int(usual[index]) + (cell.isRestless ? step : -step)
            usual[index] = UInt8(clamping: value)
        }
        guard age >= Self.youth, dry >= 8 else { return 0 }
        return Double(flooded) / Double(dry)
    }

    private struct Cell {
        var isIn = false
        var isRestless = false
        /// Whether the operator did not draw it as water.
        var mayBeDry = false
    }

    private static func cells(_ look: SightWatch.Look) -> [Cell] {
        let bounds = look.dynamics.bounds
        let (columns, rows) = (bounds.width / cell, bounds.height / cell)
        var cells: [Cell] = []
        cells.reserveCapacity(columns * rows)
        let height = look.dynamics.flicker.count / look.width
        for row in 0..<rows {
            for column in 0..<columns {
                let (x, y) = (bounds.x + column * cell, bounds.y + row * cell)
                cells.append(Self.look(at: x, y, look, height))
            }
        }
        return cells
    }

    private static func look(at x: Int, _ y: Int, _ look: SightWatch.Look, _ height: Int) -> Cell {
        let (flicker, zone) = (look.dynamics.flicker.base, look.dynamics.zone.base)
        var (sum, noise, count) = (0, 0, 0)
        for row in stride(from: y, to: y + cell, by: 2) {
            for column in stride(from: x, to: x + cell, by: 2) {
                let index = row * look.width + column
                guard zone[index] != 0 else { continue }
                sum += Int(flicker[index])
                noise += Int(look.noise[index])
                count += 1
            }
        }
        let sampled = cell * cell / 4
        guard count * 2 >= sampled else { return Cell() }
        let middle = NormalizedPoint(
            x: (Double(x) + Double(cell) / 2) / Double(look.width),
            y: (Double(y) + Double(cell) / 2) / Double(height)
        )
        let isWater = look.water.contains { $0.contains(middle) }
        return Cell(
            isIn: true,
            isRestless: sum >= restless * count || noise >= noisy * count,
            mayBeDry: !isWater
        )
    }
}
