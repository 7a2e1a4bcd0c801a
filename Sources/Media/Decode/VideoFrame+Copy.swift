public import Imaging

extension VideoFrame {
    /// The picture as a value that owns its memory, in 4:2:0.
    ///
    /// Chroma of 4:2:2 and 4:4:4 is averaged, half rounded up.
    ///
    /// - Returns: A copy that outlives the frame.
    public func copy() -> Picture {
        withView { view in
            var picture = Picture(width: width, height: height, isFullRange: view.isFullRange)
            Self.fill(&picture.luma, from: view.luma)
            Self.fill(&picture.blue, from: view.blue)
            Self.fill(&picture.red, from: view.red)
            return picture
        }
    }

    /// Fills a plane from one of the same size, or one of twice the columns, rows or both.
    private static func fill(_ target: inout Plane, from source: PlaneView) {
        let width = target.width
        let height = target.height
        let columnStep = source.width > width ? 2 : 1
        let rowStep = source.height > height ? 2 : 1
        target.withPointer { samples in
            for y in 0..<height {
                let upper = source.base + y * rowStep * source.stride
                let lower =
                    y * rowStep + rowStep - 1 < source.height
                    ? upper + (rowStep - 1) * source.stride : upper
                let row = samples + y * width
                if columnStep == 1, rowStep == 1 {
                    row.update(from: upper, count: width)
                    continue
                }
                for x in 0..<width {
                    let left = x * columnStep
                    let right = min(left + columnStep - 1, source.width - 1)
                    let sum =
                        Int(upper[left]) + Int(upper[right]) + Int(lower[left])
                        + Int(lower[right])
                    row[x] = UInt8((sum + 2) / 4)
                }
            }
        }
    }
}
