internal import Imaging

/// Moves every picture by a distance of its own, in quarters of a pixel; edges are repeated.
struct Shake: PictureChange {
    /// Farthest way in either direction, in pixels of the analysis picture.
    static let pixels = 3

    let seed: UInt64

    func apply(to picture: inout Picture, number: Int, seconds: Double) {
        let way = way(of: number)
        // Eighths of a sample: chroma samples are twice as far apart as those of luma.
        picture.luma = picture.luma.shifted(rightEighths: way.x * 2, downEighths: way.y * 2)
        picture.blue = picture.blue.shifted(rightEighths: way.x, downEighths: way.y)
        picture.red = picture.red.shifted(rightEighths: way.x, downEighths: way.y)
    }

    /// Quarters of a pixel by which a picture moves to the right and down.
    func way(of number: Int) -> (x: Int, y: Int) {
        var numbers = SeededNumbers(seed: seed, picture: number)
        let reach = -4 * Self.pixels...4 * Self.pixels
        return (Int.random(in: reach, using: &numbers), Int.random(in: reach, using: &numbers))
    }
}

extension Plane {
    /// The plane moved by eighths of a sample, bilinear, its edges repeated.
    func shifted(rightEighths: Int, downEighths: Int) -> Plane {
        let columns = Self.taps(count: width, shift: rightEighths)
        let rows = Self.taps(count: height, shift: downEighths)
        let width = width
        var result = self
        result.withPointer { target in
            withView { source in
                for (y, row) in rows.enumerated() {
                    let upper = source.base + row.first * width
                    let lower = source.base + row.second * width
                    for (x, column) in columns.enumerated() {
                        let above =
                            Int(upper[column.first]) * (8 - column.weight)
                            + Int(upper[column.second]) * column.weight
                        let below =
                            Int(lower[column.first]) * (8 - column.weight)
                            + Int(lower[column.second]) * column.weight
                        let sum = above * (8 - row.weight) + below * row.weight
                        target[y * width + x] = UInt8((sum + 32) / 64)
                    }
                }
            }
        }
        return result
    }

    /// The two samples that a moved one lies between, and eighths of the second.
    private static func taps(
        count: Int,
        shift: Int
    ) -> [(first: Int, second: Int, weight: Int)] {
        (0..<count).map { index in
            let place = min(max(index * 8 - shift, 0), (count - 1) * 8)
            return (place / 8, min(place / 8 + 1, count - 1), place % 8)
        }
    }
}
