import SwiftProtobuf

@testable import Inference

/// Writes ONNX files for tests, right and wrong ones.
struct ModelBuilder {
    var file = Onnx_ModelProto()

    /// A model that reads `x` and makes `y`.
    init(opset: Int64 = 13, shape: [Int64] = [1, 2, 4, 4]) {
        file.irVersion = 8
        var version = Onnx_OperatorSetIdProto()
        version.version = opset
        file.opsetImport = [version]
        file.graph.input = [Self.port("x", shape)]
        file.graph.output = [Self.port("y", shape)]
    }

    static func port(_ name: String, _ shape: [Int64], type: Int32 = 1) -> Onnx_ValueInfoProto {
        var port = Onnx_ValueInfoProto()
        port.name = name
        port.type.tensorType.elemType = type
        port.type.tensorType.shape.dim = shape.map { size in
            var dimension = Onnx_DimensionProto()
            dimension.dimValue = size
            return dimension
        }
        return port
    }

    static func integers(_ name: String, _ values: [Int64]) -> Onnx_AttributeProto {
        var attribute = Onnx_AttributeProto()
        attribute.name = name
        attribute.type = 7
        attribute.ints = values
        return attribute
    }

    static func integer(_ name: String, _ value: Int64) -> Onnx_AttributeProto {
        var attribute = Onnx_AttributeProto()
        attribute.name = name
        attribute.type = 2
        attribute.i = value
        return attribute
    }

    mutating func add(
        _ kind: String,
        _ inputs: [String],
        _ outputs: [String],
        _ attributes: [Onnx_AttributeProto] = []
    ) {
        var node = Onnx_NodeProto()
        node.name = "\(kind)_\(file.graph.node.count)"
        node.opType = kind
        node.input = inputs
        node.output = outputs
        node.attribute = attributes
        file.graph.node.append(node)
    }

    /// Adds a constant; shape and elements need not agree.
    mutating func constant(_ name: String, _ dimensions: [Int64], _ values: [Float]) {
        var tensor = Onnx_TensorProto()
        tensor.name = name
        tensor.dims = dimensions
        tensor.dataType = 1
        tensor.floatData = values
        file.graph.initializer.append(tensor)
    }

    mutating func constant(_ name: String, _ values: [Int64]) {
        var tensor = Onnx_TensorProto()
        tensor.name = name
        tensor.dims = [Int64(values.count)]
        tensor.dataType = 7
        tensor.int64Data = values
        file.graph.initializer.append(tensor)
    }

    func bytes() throws -> [UInt8] {
        try file.serializedBytes()
    }

    func model(_ limits: Limits = Limits()) throws -> Model {
        try Model(bytes: bytes(), name: "test", limits: limits)
    }

    /// The error with which loading or planning ends, or nil.
    func failure() throws -> InferenceError? {
        let bytes = try bytes()
        do throws(InferenceError) {
            let model = try Model(bytes: bytes, name: "test")
            _ = try Session(model, inputShapes: [:])
            return nil
        } catch {
            return error
        }
    }
}
