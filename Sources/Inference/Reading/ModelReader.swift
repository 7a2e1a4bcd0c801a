internal import SwiftProtobuf

/// Makes a graph of a decoded file and checks that it is one.
struct ModelReader {
    private let limits: Limits
    /// The version of ai.onnx.
    private(set) var opset = 0
    private var graph = Graph()
    private var ids: [String: Graph.ValueID] = [:]

    init(limits: Limits) {
        self.limits = limits
    }

    /// Reads a file.
    ///
    /// - Parameter bytes: A serialised `ModelProto`.
    /// - Returns: Nodes in an order in which they can run.
    /// - Throws: `InferenceError`, as `Model` does.
    mutating func read(_ bytes: [UInt8]) throws(InferenceError) -> Graph {
        let file = try decode(bytes)
        try readOpset(file)
        guard file.hasGraph, !file.graph.node.isEmpty else {
            throw .invalid("no graph in it; is this an ONNX file?")
        }
        guard file.graph.node.count <= limits.nodes else {
            throw .exhausted("\(file.graph.node.count) nodes, at most \(limits.nodes)")
        }
        guard file.graph.sparseInitializer.isEmpty else {
            throw .unsupported("sparse tensors")
        }
        for tensor in file.graph.initializer {
            let value = try TensorReader.read(tensor)
            graph.constants[try define(tensor.name, "tensor")] = value
        }
        for input in file.graph.input where !isConstant(input.name) {
            let info = try describe(input, "input")
            graph.inputs.append(.init(info: info, value: try define(input.name, "input")))
        }
        graph.nodes = try readNodes(file.graph.node)
        for output in file.graph.output {
            let info = try describe(output, "output")
            graph.outputs.append(.init(info: info, value: try value(output.name, "the outputs")))
        }
        guard !graph.outputs.isEmpty, Set(graph.outputs.map(\.value)).count == graph.outputs.count
        else {
            throw .invalid("no outputs, or one of them twice")
        }
        graph.valueCount = ids.count
        return graph
    }

    private func decode(_ bytes: [UInt8]) throws(InferenceError) -> Onnx_ModelProto {
        guard bytes.count <= limits.fileBytes else {
            throw .exhausted("\(bytes.count) bytes, at most \(limits.fileBytes)")
        }
        try WireBudget.check(bytes, limits: limits)
        var options = BinaryDecodingOptions()
        options.discardUnknownFields = true
        options.messageDepthLimit = 10
        do {
            return try Onnx_ModelProto(serializedBytes: bytes, options: options)
        } catch {
            throw InferenceError(code: .invalidData, message: "not an ONNX file", cause: error)
        }
    }

    private mutating func readOpset(_ file: Onnx_ModelProto) throws(InferenceError) {
        let versions = file.opsetImport.filter { ["", "ai.onnx"].contains($0.domain) }
        guard let version = versions.first?.version, versions.count == 1 else {
            throw .invalid("it must import one version of ai.onnx, but imports \(versions.count)")
        }
        guard (11...17).contains(version) else {
            throw .unsupported("opset \(version); export the model with one of 11 to 17")
        }
        opset = Int(version)
    }

    private func isConstant(_ name: String) -> Bool {
        ids[name].flatMap { graph.constants[$0] } != nil
    }

    private func describe(
        _ port: Onnx_ValueInfoProto,
        _ kind: String
    ) throws(InferenceError)
        -> TensorInfo
    {
        let type = port.type.tensorType
        guard port.hasType, port.type.hasTensorType, type.elemType == 1 else {
            throw .unsupported("\(kind) '\(port.name)' is not a tensor of 32-bit floats")
        }
        let sizes = type.shape.dim.map { dimension in
            dimension.dimParam.isEmpty && dimension.dimValue != 0 ? Int(dimension.dimValue) : nil
        }
        do {
            _ = try Shape(sizes.map { $0 ?? 1 })
        } catch {
            throw error.at("\(kind) '\(port.name)'")
        }
        return TensorInfo(name: port.name, shape: sizes)
    }

    /// Gives a new value its number.
    private mutating func define(
        _ name: String,
        _ maker: String
    ) throws(InferenceError)
        -> Graph.ValueID
    {
        guard !name.isEmpty else {
            throw .invalid("\(maker) makes a value without a name")
        }
        guard ids[name] == nil else {
            throw .invalid("\(maker) makes '\(name)', which is there already")
        }
        ids[name] = ids.count
        return ids.count - 1
    }

    private func value(_ name: String, _ user: String) throws(InferenceError) -> Graph.ValueID {
        guard let id = ids[name] else {
            throw .invalid("\(user) name '\(name)', which nothing makes")
        }
        return id
    }
}

extension ModelReader {
    private mutating func readNodes(
        _ nodes: [Onnx_NodeProto]
    ) throws(InferenceError)
        -> [Graph.Node]
    {
        var outputs: [[Graph.ValueID]] = []
        for node in nodes {
            var made: [Graph.ValueID] = []
            for (position, name) in node.output.enumerated() {
                // An output that nobody wants has no name; a number keeps the others in place.
                let unnamed = "\u{0}\(outputs.count)-\(position)"
                made.append(try define(name.isEmpty ? unnamed : name, place(node)))
            }
            guard !made.isEmpty else {
                throw .invalid("\(place(node)) makes nothing")
            }
            outputs.append(made)
        }
        var read: [Graph.Node] = []
        for (node, made) in zip(nodes, outputs) {
            read.append(try readNode(node, made))
        }
        return try NodeOrder.sorted(
            read,
            known: Set(graph.constants.keys).union(graph.inputs.map(\.value))
        )
    }

    private func readNode(
        _ node: Onnx_NodeProto,
        _ outputs: [Graph.ValueID]
    ) throws(InferenceError)
        -> Graph.Node
    {
        let place = place(node)
        guard ["", "ai.onnx"].contains(node.domain), let type = OperatorTable.types[node.opType]
        else {
            let domain = node.domain.isEmpty ? "ai.onnx" : node.domain
            throw .unsupported(
                "operator \(node.opType) of \(domain) (opset \(opset)), in node '\(node.name)', "
                    + "is not supported"
            )
        }
        var inputs: [Graph.ValueID?] = []
        for name in node.input {
            inputs.append(name.isEmpty ? nil : try value(name, place))
        }
        do throws(InferenceError) {
            var attributes = Attributes(try readAttributes(node), opset: opset)
            let operation = try type.init(&attributes)
            guard attributes.left.isEmpty else {
                let names = attributes.left.joined(separator: ", ")
                throw InferenceError.unsupported("attribute \(names)")
            }
            return Graph.Node(
                place: place,
                name: node.name,
                operatorName: node.opType,
                operation: operation,
                inputs: inputs,
                outputs: outputs
            )
        } catch {
            throw error.at("\(place), opset \(opset)")
        }
    }

    /// How messages call a node.
    private func place(_ node: Onnx_NodeProto) -> String {
        let name = node.name.isEmpty ? node.output.first ?? "" : node.name
        return "node '\(name)' (\(node.opType))"
    }

    /// By the numbers of AttributeProto.AttributeType in the ONNX specification.
    private func readAttributes(
        _ node: Onnx_NodeProto
    ) throws(InferenceError)
        -> [String: Attributes.Value]
    {
        var values: [String: Attributes.Value] = [:]
        for attribute in node.attribute {
            let value: Attributes.Value =
                switch attribute.type {
                case 1: .float(attribute.f)
                case 2: .integer(Int(attribute.i))
                case 3: .string(String(decoding: attribute.s, as: UTF8.self))
                case 4: .tensor(try TensorReader.read(attribute.t))
                case 6: .floats(attribute.floats)
                case 7: .integers(attribute.ints.map(Int.init))
                default: .other
                }
            guard values.updateValue(value, forKey: attribute.name) == nil else {
                throw .invalid("attribute \(attribute.name) is there twice")
            }
        }
        return values
    }
}
