/// Memory that begins at a cache line and is freed with its owner.
final class AlignedMemory {
    static let alignment = 64

    let start: UnsafeMutableRawPointer
    let bytes: Int

    /// Allocates zeros.
    init(bytes: Int) {
        self.bytes = Self.rounded(max(bytes, 1))
        start = .allocate(byteCount: self.bytes, alignment: Self.alignment)
        start.initializeMemory(as: UInt8.self, repeating: 0, count: self.bytes)
    }

    convenience init(floats count: Int) {
        self.init(bytes: count * MemoryLayout<Float>.size)
    }

    deinit {
        start.deallocate()
    }

    var floats: UnsafeMutablePointer<Float> { floats(at: 0) }

    func floats(at offset: Int) -> UnsafeMutablePointer<Float> {
        (start + offset).assumingMemoryBound(to: Float.self)
    }

    /// Bytes up to the next cache line.
    static func rounded(_ bytes: Int) -> Int {
        (bytes + alignment - 1) / alignment * alignment
    }
}
