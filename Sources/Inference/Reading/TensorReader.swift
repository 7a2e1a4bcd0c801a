internal import Foundation

/// Turns a tensor of the file into numbers, and checks that they are all there first.
struct TensorReader {
    private let tensor: Onnx_TensorProto

    /// Reads one tensor.
    ///
    /// - Parameter tensor: As decoded.
    /// - Returns: Its numbers.
    /// - Throws: `invalidData` where bytes and shape do not agree, `unsupported` for types of
    ///   elements without a use here and for data in other files.
    static func read(_ tensor: Onnx_TensorProto) throws(InferenceError) -> Tensor {
        do {
            return try Self(tensor: tensor).read()
        } catch {
            throw error.at("tensor '\(tensor.name)'")
        }
    }

    /// The numbers of TensorProto.DataType in the ONNX specification.
    private enum ElementType: Int32 {
        case float = 1
        case uint8 = 2
        case int8 = 3
        case int32 = 6
        case int64 = 7
        case bool = 9
        case float16 = 10
        case double = 11

        var size: Int {
            switch self {
            case .uint8, .int8, .bool: 1
            case .float16: 2
            case .float, .int32: 4
            case .int64, .double: 8
            }
        }
    }

    private func read() throws(InferenceError) -> Tensor {
        guard tensor.dataLocation == 0, tensor.externalData.isEmpty else {
            throw .unsupported("its data are in another file; save the model as one file")
        }
        let shape = try Shape(tensor.dims.map(Int.init))
        guard let type = ElementType(rawValue: tensor.dataType) else {
            throw .unsupported("element type \(tensor.dataType)")
        }
        return tensor.rawData.isEmpty
            ? try typed(type, shape)
            : try raw(type, shape)
    }

    /// Little-endian bytes.
    private func raw(_ type: ElementType, _ shape: Shape) throws(InferenceError) -> Tensor {
        try check(tensor.rawData.count, shape.count * type.size, "bytes", shape)
        return switch type {
        case .float:
            Tensor(shape: shape, floats: numbers(UInt32.self).map(Float.init(bitPattern:)))
        case .double:
            Tensor(
                shape: shape,
                floats: numbers(UInt64.self).map { Float(Double(bitPattern: $0)) }
            )
        case .float16:
            Tensor(shape: shape, floats: numbers(UInt16.self).map(Self.half))
        case .int64: Tensor(shape: shape, integers: numbers(Int64.self))
        case .int32: Tensor(shape: shape, integers: numbers(Int32.self).map(Int64.init))
        case .int8: Tensor(shape: shape, integers: numbers(Int8.self).map(Int64.init))
        case .uint8, .bool: Tensor(shape: shape, integers: numbers(UInt8.self).map(Int64.init))
        }
    }

    /// Fields with one number for each element.
    private func typed(_ type: ElementType, _ shape: Shape) throws(InferenceError) -> Tensor {
        switch type {
        case .float:
            try check(tensor.floatData.count, shape.count, "numbers", shape)
            return Tensor(shape: shape, floats: tensor.floatData)
        case .double:
            try check(tensor.doubleData.count, shape.count, "numbers", shape)
            return Tensor(shape: shape, floats: tensor.doubleData.map { Float($0) })
        case .int64:
            try check(tensor.int64Data.count, shape.count, "numbers", shape)
            return Tensor(shape: shape, integers: tensor.int64Data)
        case .float16:
            try check(tensor.int32Data.count, shape.count, "numbers", shape)
            let floats = tensor.int32Data.map { Self.half(UInt16(truncatingIfNeeded: $0)) }
            return Tensor(shape: shape, floats: floats)
        case .int32, .int8, .uint8, .bool:
            try check(tensor.int32Data.count, shape.count, "numbers", shape)
            return Tensor(shape: shape, integers: tensor.int32Data.map(Int64.init))
        }
    }

    private func check(
        _ found: Int,
        _ wanted: Int,
        _ unit: String,
        _ shape: Shape
    ) throws(InferenceError) {
        guard found == wanted else {
            throw .invalid("shape \(shape) needs \(wanted) \(unit), \(found) are there")
        }
    }

    private func numbers<Number: FixedWidthInteger>(_ type: Number.Type) -> [Number] {
        tensor.rawData.withUnsafeBytes { bytes in
            let size = MemoryLayout<Number>.size
            return (0..<bytes.count / size).map { index in
                Number(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: index * size, as: type)
                )
            }
        }
    }

    /// An IEEE 754 number of 16 bits.
    private static func half(_ bits: UInt16) -> Float {
        let sign: Float = bits & 0x8000 == 0 ? 1 : -1
        let exponent = Int(bits >> 10 & 0x1F)
        let fraction = Float(bits & 0x3FF)
        switch exponent {
        case 0: return sign * fraction * 0x1p-24
        case 31: return fraction == 0 ? sign * .infinity : .nan
        default:
            return sign * (1024 + fraction)
                * Float(sign: .plus, exponent: exponent - 25, significand: 1)
        }
    }
}
