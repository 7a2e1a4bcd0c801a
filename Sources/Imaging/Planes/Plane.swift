/// One plane of 8-bit samples that owns its memory: rows from top to bottom without gaps.
///
/// A value: copies share memory until one of them is written to.
public struct Plane: Hashable, Sendable {
    /// Number of columns, at least 1.
    public let width: Int
    /// Number of rows, at least 1.
    public let height: Int
    /// The samples, `width * height` of them, row by row.
    public var samples: [UInt8]

    /// A plane of that size with the same value everywhere.
    public init(width: Int, height: Int, filledWith value: UInt8 = 0) {
        precondition(width > 0 && height > 0, "A plane has at least one column and one row")
        self.width = width
        self.height = height
        samples = [UInt8](repeating: value, count: width * height)
    }

    /// The sample in a column and row.
    public subscript(x: Int, y: Int) -> UInt8 {
        get { samples[y * width + x] }
        set { samples[y * width + x] = newValue }
    }

    /// Lends the samples to read.
    public func withView<Result, Failure: Error>(
        _ body: (PlaneView) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try samples.withUnsafeBufferPointer { (buffer) throws(Failure) -> Result in
            guard let base = buffer.baseAddress else {
                preconditionFailure("A plane has at least one sample")
            }
            return try body(PlaneView(base: base, width: width, height: height, stride: width))
        }
    }

    /// Lends the samples to write, row by row without gaps.
    package mutating func withPointer<Result, Failure: Error>(
        _ body: (UnsafeMutablePointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try samples.withUnsafeMutableBufferPointer { (buffer) throws(Failure) -> Result in
            guard let base = buffer.baseAddress else {
                preconditionFailure("A plane has at least one sample")
            }
            return try body(base)
        }
    }
}

/// A plane of 8-bit samples that somebody else owns; valid only inside the closure it is lent to.
public struct PlaneView {
    /// The first sample of the top row.
    package let base: UnsafePointer<UInt8>
    /// Number of columns.
    public let width: Int
    /// Number of rows.
    public let height: Int
    /// Samples from the start of one row to the start of the next; negative where the picture is
    /// stored from its bottom row up.
    public let stride: Int

    /// Borrows `height` rows of `width` samples.
    package init(base: UnsafePointer<UInt8>, width: Int, height: Int, stride: Int) {
        self.base = base
        self.width = width
        self.height = height
        self.stride = stride
    }

    /// The sample in a column and row.
    public subscript(x: Int, y: Int) -> UInt8 {
        precondition(x >= 0 && x < width && y >= 0 && y < height, "The sample is in the plane")
        return base[y * stride + x]
    }
}
