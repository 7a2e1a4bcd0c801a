import Foundation
import Testing

@testable import Inference

@Suite struct ModelTests {
    @Test("A model tells its inputs, outputs, opset and parameters")
    func description() throws {
        var builder = ModelBuilder(opset: 12, shape: [1, 0, 2])
        builder.constant("c", [2], [1, 2])
        builder.add("Add", ["x", "c"], ["y"])
        let model = try builder.model()
        #expect(model.opset == 12)
        #expect(model.parameterCount == 2)
        #expect(model.inputs == [TensorInfo(name: "x", shape: [1, nil, 2])])
        #expect(model.outputs == [TensorInfo(name: "y", shape: [1, nil, 2])])
    }

    @Test("An unsupported operator is named with its node and opset")
    func unsupportedOperator() throws {
        var builder = ModelBuilder()
        builder.add("Relu", ["x"], ["a"])
        builder.add("Einsum", ["a"], ["y"])
        let error = try #require(try builder.failure())
        #expect(error.code == .unsupported)
        for word in ["Einsum", "Einsum_1", "opset 13", "'test'"] {
            #expect(error.message.contains(word))
        }
    }

    @Test("An operator of another domain is unsupported")
    func otherDomain() throws {
        var builder = ModelBuilder()
        builder.add("Relu", ["x"], ["y"])
        builder.file.graph.node[0].domain = "com.example"
        #expect(try builder.failure()?.code == .unsupported)
    }

    @Test("Opsets outside of 11 to 17 are unsupported", arguments: [0, 10, 18, Int64.max])
    func opsets(version: Int64) throws {
        var builder = ModelBuilder(opset: version)
        builder.add("Relu", ["x"], ["y"])
        let error = try #require(try builder.failure())
        #expect(error.code == .unsupported)
        #expect(error.message.contains("\(version)"))
    }

    @Test("Attributes that an operator does not know are errors, not ignored")
    func unknownAttribute() throws {
        var builder = ModelBuilder()
        builder.add("Relu", ["x"], ["y"], [ModelBuilder.integer("slope", 1)])
        let error = try #require(try builder.failure())
        #expect(error.code == .unsupported)
        #expect(error.message.contains("slope"))
    }

    @Test("Nodes in any order are sorted, a cycle is an error")
    func order() throws {
        var builder = ModelBuilder()
        builder.add("Relu", ["a"], ["y"])
        builder.add("Abs", ["x"], ["a"])
        #expect(try builder.model().graph.nodes.map(\.operatorName) == ["Abs", "Relu"])
        builder.file.graph.node[1].input = ["y"]
        let error = try #require(try builder.failure())
        #expect(error.code == .invalidData)
        #expect(error.message.contains("cycle"))
    }

    @Test("Names that nothing or two things make are errors")
    func names() throws {
        var builder = ModelBuilder()
        builder.add("Relu", ["nowhere"], ["y"])
        #expect(try builder.failure()?.message.contains("'nowhere'") == true)
        builder.file.graph.node[0].input = ["x"]
        #expect(try builder.failure() == nil)
        builder.add("Relu", ["x"], ["y"])
        #expect(try builder.failure()?.message.contains("'y'") == true)
    }

    @Test("Only tensors of 32-bit floats go in and out")
    func types() throws {
        var builder = ModelBuilder()
        builder.add("Relu", ["x"], ["y"])
        builder.file.graph.input[0] = ModelBuilder.port("x", [1], type: 7)
        #expect(try builder.failure()?.code == .unsupported)
        builder.file.graph.input[0].clearType()
        #expect(try builder.failure()?.code == .unsupported)
    }

    @Test("Data in other files are unsupported")
    func externalData() throws {
        var builder = ModelBuilder()
        builder.constant("c", [1], [1])
        builder.add("Add", ["x", "c"], ["y"])
        builder.file.graph.initializer[0].dataLocation = 1
        let error = try #require(try builder.failure())
        #expect(error.code == .unsupported)
        #expect(error.message.contains("'c'"))
    }

    @Test("Half, double, raw and narrow tensors are read")
    func elementTypes() throws {
        func tensor(_ type: Int32, _ bytes: [UInt8]) throws -> Tensor {
            var proto = Onnx_TensorProto()
            proto.dataType = type
            proto.dims = [2]
            proto.rawData = Data(bytes)
            return try TensorReader.read(proto)
        }
        #expect(try tensor(10, [0, 0x3C, 1, 0x80]).floats(for: "") == [1, -0x1p-24])
        #expect(try tensor(10, [0, 0x7C, 0xFF, 0x7B]).floats(for: "") == [.infinity, 65504])
        #expect(try tensor(1, [0, 0, 0, 0x40, 0, 0, 0x80, 0xBF]).floats(for: "") == [2, -1])
        let two: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0x40]
        #expect(try tensor(11, two + two).floats(for: "") == [2, 2])
        #expect(try tensor(3, [5, 0xFF]).integers(for: "") == [5, -1])
        #expect(try tensor(6, [5, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF]).integers(for: "") == [5, -2])
        #expect(throws: InferenceError.self) { try tensor(8, [0, 0]) }
    }

    @Test("What cannot be read as a file is unavailable, what is no model is invalid")
    func files() throws {
        func code(_ path: String) -> InferenceError.Code? {
            do throws(InferenceError) {
                _ = try Model(contentsOf: path)
                return nil
            } catch {
                return error.message.contains(path) ? error.code : nil
            }
        }
        #expect(code("/nowhere/model.onnx") == .unavailable)
        #expect(code("/tmp") == .unavailable)
        #expect(code("/dev/zero") == .unavailable)
        #expect(code("/etc/passwd") == .invalidData)
        let golden = Bundle.module.bundleURL.appending(path: "Golden/relu-13.onnx").path
        #expect(try Model(contentsOf: golden).inputs.count == 1)
    }
}
