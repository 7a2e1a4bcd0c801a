public import Scene

extension PictureView {
    /// A part of the picture, lent as long as the whole.
    ///
    /// - Parameter box: columns and rows of luma, inside the picture; chroma is cut at the nearest
    ///   whole sample.
    /// - Returns: the part; nil where it would be empty or reach beyond the picture.
    public func cropped(to box: PixelBox) -> PictureView? {
        guard let luma = luma.cropped(to: box) else { return nil }
        func part(_ plane: PlaneView) -> PlaneView? {
            let left = box.x * plane.width / self.luma.width
            let top = box.y * plane.height / self.luma.height
            let right = max(left + 1, box.maxX * plane.width / self.luma.width)
            let bottom = max(top + 1, box.maxY * plane.height / self.luma.height)
            return plane.cropped(
                to: PixelBox(x: left, y: top, width: right - left, height: bottom - top)
            )
        }
        guard let blue = part(blue), let red = part(red) else { return nil }
        return PictureView(luma: luma, blue: blue, red: red, isFullRange: isFullRange)
    }
}

extension PlaneView {
    fileprivate func cropped(to box: PixelBox) -> PlaneView? {
        guard box.x >= 0, box.y >= 0, box.width > 0, box.height > 0, box.maxX <= width,
            box.maxY <= height
        else { return nil }
        return PlaneView(
            base: base + (box.y * stride + box.x),
            width: box.width,
            height: box.height,
            stride: stride
        )
    }
}
