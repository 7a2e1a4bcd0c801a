internal import FoundationEssentials
internal import Imaging

/// Bytes that are written as one block, runs of equal ones in short (PackBits, as in TIFF 6.0).
@propertyWrapper
struct PackedBytes: Hashable, Codable {
    var wrappedValue: [UInt8]

    init(wrappedValue: [UInt8]) {
        self.wrappedValue = wrappedValue
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let bytes = Self.unpack([UInt8](try container.decode(Data.self))) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a run of bytes ends before its time"
            )
        }
        wrappedValue = bytes
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Data(Self.pack(wrappedValue)))
    }

    /// A byte n below 128 is followed by n + 1 bytes as they are, one above by a byte that stands
    /// 257 - n times.
    static func pack(_ bytes: [UInt8]) -> [UInt8] {
        var packed: [UInt8] = []
        packed.reserveCapacity(bytes.count / 2)
        var literal = 0..<0
        func flush(_ literal: Range<Int>) {
            var start = literal.lowerBound
            while start < literal.upperBound {
                let end = min(start + 128, literal.upperBound)
                packed.append(UInt8(end - start - 1))
                packed.append(contentsOf: bytes[start..<end])
                start = end
            }
        }
        var index = 0
        while index < bytes.count {
            var end = index + 1
            while end < bytes.count && bytes[end] == bytes[index] && end - index < 128 { end += 1 }
            if end - index >= 3 {
                flush(literal)
                packed.append(UInt8(257 - (end - index)))
                packed.append(bytes[index])
                literal = end..<end
            } else {
                literal = literal.lowerBound..<end
            }
            index = end
        }
        flush(literal)
        return packed
    }

    /// The bytes again; nil where they break off.
    static func unpack(_ packed: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        var index = 0
        while index < packed.count {
            let head = Int(packed[index])
            index += 1
            if head < 128 {
                guard index + head + 1 <= packed.count else { return nil }
                bytes.append(contentsOf: packed[index...(index + head)])
                index += head + 1
            } else if head > 128 {
                guard index < packed.count else { return nil }
                bytes.append(contentsOf: repeatElement(packed[index], count: 257 - head))
                index += 1
            }
        }
        return bytes
    }
}

/// A plane of samples as it is written: bytes, or the low bytes of words and then the high ones.
struct PackedPlane: Hashable, Codable {
    @PackedBytes private var bytes: [UInt8]

    init(_ buffer: Buffer<UInt8>) {
        bytes = Array(UnsafeBufferPointer(start: buffer.base, count: buffer.count))
    }

    init(_ buffer: Buffer<UInt16>) {
        let words = UnsafeBufferPointer(start: buffer.base, count: buffer.count)
        bytes = words.map { UInt8(truncatingIfNeeded: $0) }
        bytes += words.map { UInt8(truncatingIfNeeded: $0 >> 8) }
    }

    /// Puts the samples back.
    ///
    /// - Throws: `DetectorError.damaged` where they are not as many as the plane holds.
    func restore(to buffer: Buffer<UInt8>) throws(DetectorError) {
        try check(bytes.count == buffer.count)
        for index in 0..<buffer.count { buffer.base[index] = bytes[index] }
    }

    /// Puts the samples back.
    ///
    /// - Throws: `DetectorError.damaged` where they are not as many as the plane holds.
    func restore(to buffer: Buffer<UInt16>) throws(DetectorError) {
        try check(bytes.count == 2 * buffer.count)
        for index in 0..<buffer.count {
            buffer.base[index] = UInt16(bytes[index]) | UInt16(bytes[buffer.count + index]) << 8
        }
    }

    private func check(_ fits: Bool) throws(DetectorError) {
        guard !fits else { return }
        throw DetectorError(
            code: .damaged,
            message: "a plane of the checkpoint holds \(bytes.count) bytes, which is not its size"
        )
    }
}
