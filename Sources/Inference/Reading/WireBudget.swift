/// Counts what a model file would become in memory, before a decoder makes it.
///
/// Two bytes on the wire can make an object of hundreds of bytes, and one byte an integer of eight.
/// This walk over the protocol-buffers wire format
/// (https://protobuf.dev/programming-guides/encoding/) enters the messages that the decoder will
/// build, counts their fields, and measures packed lists. Everything else about the format is left
/// to the decoder.
struct WireBudget {
    /// Which fields of a message are messages, and which are packed lists that grow.
    private indirect enum Schema {
        case message(messages: [Int: Self], packed: Set<Int>)
    }

    private static let tensor = Schema.message(messages: [13: leaf], packed: [1, 5, 7])
    private static let leaf = Schema.message(messages: [:], packed: [])
    private static let attribute = Schema.message(messages: [5: tensor], packed: [8])
    private static let node = Schema.message(messages: [5: attribute], packed: [])
    private static let dimensions = Schema.message(messages: [1: leaf], packed: [])
    private static let tensorType = Schema.message(messages: [2: dimensions], packed: [])
    private static let type = Schema.message(messages: [1: tensorType], packed: [])
    private static let value = Schema.message(messages: [2: type], packed: [])
    private static let graph = Schema.message(
        messages: [1: node, 5: tensor, 11: value, 12: value, 15: leaf],
        packed: []
    )
    private static let model = Schema.message(messages: [7: graph, 8: leaf], packed: [])

    private let limits: Limits
    private var fields = 0

    /// Checks a whole file.
    ///
    /// - Throws: `exhausted` beyond the limits, `invalidData` where fields exceed their message.
    static func check(_ bytes: [UInt8], limits: Limits) throws(InferenceError) {
        var budget = Self(limits: limits)
        try budget.walk(bytes[...], model)
    }

    private init(limits: Limits) {
        self.limits = limits
    }

    private mutating func walk(_ bytes: ArraySlice<UInt8>, _ schema: Schema) throws(InferenceError)
    {
        guard case .message(let messages, let packed) = schema else { return }
        var rest = bytes
        while !rest.isEmpty {
            fields += 1
            guard fields <= limits.fields else {
                throw .exhausted("more than \(limits.fields) fields")
            }
            let tag = try Self.varint(&rest)
            let field = Int(truncatingIfNeeded: tag >> 3)
            switch tag & 7 {
            case 0: _ = try Self.varint(&rest)
            case 1: try Self.skip(8, &rest)
            case 5: try Self.skip(4, &rest)
            case 2:
                let length = try Self.varint(&rest)
                guard length <= UInt64(rest.count) else {
                    throw .invalid("field \(field) claims \(length) bytes, \(rest.count) are left")
                }
                let body = rest.prefix(Int(length))
                rest = rest.dropFirst(Int(length))
                if packed.contains(field), body.count > limits.packedBytes {
                    throw .exhausted("a list of numbers has \(body.count) bytes")
                }
                if let inner = messages[field] {
                    try walk(body, inner)
                }
            default: throw .invalid("wire type \(tag & 7) is none that ONNX uses")
            }
        }
    }

    private static func varint(_ rest: inout ArraySlice<UInt8>) throws(InferenceError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard let byte = rest.popFirst() else { break }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw .invalid("a number ends where the file ends, or is longer than ten bytes")
    }

    private static func skip(_ count: Int, _ rest: inout ArraySlice<UInt8>) throws(InferenceError) {
        guard rest.count >= count else {
            throw .invalid("a number of \(count) bytes ends where its message ends")
        }
        rest = rest.dropFirst(count)
    }
}
