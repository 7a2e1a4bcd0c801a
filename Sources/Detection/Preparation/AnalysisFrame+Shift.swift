internal import Imaging

extension AnalysisFrame {
    /// Moves the picture so that what is at (x + shiftX, y + shiftY) comes to lie at (x, y); what
    /// comes in at a border repeats it.
    func shift(_ shiftX: Int, _ shiftY: Int) {
        guard shiftX != 0 || shiftY != 0 else { return }
        Self.shift(luma.base, width, height, shiftX, shiftY)
        for plane in [blue, red] {
            // Half a chroma sample is the mean of two.
            Self.shift(plane.base, chromaWidth, chromaHeight, shiftX >> 1, shiftY >> 1)
            if shiftX & 1 == 1 { Self.averageColumns(plane.base, chromaWidth, chromaHeight) }
            if shiftY & 1 == 1 { Self.averageRows(plane.base, chromaWidth, chromaHeight) }
        }
    }

    private static func shift(
        _ plane: UnsafeMutablePointer<UInt8>,
        _ width: Int,
        _ height: Int,
        _ shiftX: Int,
        _ shiftY: Int
    ) {
        let rows = shiftY >= 0 ? Array(0..<height) : (0..<height).reversed()
        for y in rows {
            let source = plane + min(height - 1, max(0, y + shiftY)) * width
            let target = plane + y * width
            let kept = max(0, width - abs(shiftX))
            if shiftX >= 0 {
                let edge = source[width - 1]
                target.update(from: source + min(shiftX, width), count: kept)
                for x in kept..<width { target[x] = edge }
            } else {
                let edge = source[0]
                (target + (width - kept)).update(from: source, count: kept)
                for x in 0..<(width - kept) { target[x] = edge }
            }
        }
    }

    private static func averageColumns(
        _ plane: UnsafeMutablePointer<UInt8>,
        _ width: Int,
        _ height: Int
    ) {
        for y in 0..<height {
            let row = plane + y * width
            for x in 0..<(width - 1) {
                row[x] = UInt8(truncatingIfNeeded: (UInt16(row[x]) + UInt16(row[x + 1])) >> 1)
            }
        }
    }

    private static func averageRows(
        _ plane: UnsafeMutablePointer<UInt8>,
        _ width: Int,
        _ height: Int
    ) {
        for index in 0..<(width * (height - 1)) {
            plane[index] = UInt8(
                truncatingIfNeeded: (UInt16(plane[index]) + UInt16(plane[index + width])) >> 1
            )
        }
    }
}
