/// A run of values in memory of its own, for kernels that work on many of them at once.
///
/// One owner writes it: whoever holds a buffer keeps it to itself, which is what makes handing it
/// from one thread to the next with its owner safe.
package final class Buffer<Element: BitwiseCopyable>: @unchecked Sendable {
    /// The first value.
    package let base: UnsafeMutablePointer<Element>
    /// Number of values.
    package let count: Int

    /// That many times the same value.
    package init(count: Int, filledWith value: Element) {
        precondition(count > 0, "A buffer holds at least one value")
        self.count = count
        base = .allocate(capacity: count)
        base.initialize(repeating: value, count: count)
    }

    /// A copy of all values.
    package var values: [Element] {
        Array(UnsafeBufferPointer(start: base, count: count))
    }

    deinit {
        base.deallocate()
    }

    /// Sets every byte to zero.
    package func clear() {
        UnsafeMutableRawPointer(base).initializeMemory(
            as: UInt8.self,
            repeating: 0,
            count: count * MemoryLayout<Element>.stride
        )
    }

    /// Overwrites every value with that of a buffer of the same size.
    @inlinable
    package func copy(from other: Buffer<Element>) {
        precondition(count == other.count, "Buffers of \(count) and \(other.count) values")
        base.update(from: other.base, count: count)
    }
}
