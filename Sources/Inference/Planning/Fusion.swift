internal import Kernels

/// Makes fewer nodes of a specialised graph that compute the same.
///
/// 1. Exporters write `x * sigmoid(x)` and the like as several nodes; they become one function.
/// 2. What nobody reads is dropped.
/// 3. Batch normalisation and activation behind a convolution become part of it.
struct Fusion {
    private var graph: SpecialisedGraph
    private let outputs: Set<Graph.ValueID>
    private var producers: [Graph.ValueID: Int] = [:]

    static func fused(
        _ graph: SpecialisedGraph,
        outputs: [Graph.ValueID]
    ) -> SpecialisedGraph {
        var fusion = Self(graph: graph, outputs: Set(outputs.map(graph.root)))
        fusion.recogniseActivations()
        fusion.dropUnread()
        fusion.fuseConvolutions()
        return fusion.graph
    }

    private init(graph: SpecialisedGraph, outputs: Set<Graph.ValueID>) {
        self.graph = graph
        self.outputs = outputs
    }

    private func producer<Kind: Computation>(
        of value: Graph.ValueID,
        as kind: Kind.Type
    ) -> (node: PlannedNode, computation: Kind)? {
        guard let index = producers[value],
            let computation = graph.nodes[index].computation as? Kind
        else { return nil }
        return (graph.nodes[index], computation)
    }

    private mutating func dropUnread() {
        var read = outputs
        var kept: [PlannedNode] = []
        for node in graph.nodes.reversed() where !read.isDisjoint(with: node.outputs) {
            read.formUnion(node.inputs)
            kept.append(node)
        }
        graph.nodes = kept.reversed()
    }
}

extension Fusion {
    private mutating func recogniseActivations() {
        for index in graph.nodes.indices {
            let node = graph.nodes[index]
            if let (value, activation, shape) = composed(node) {
                graph.nodes[index] = PlannedNode(
                    place: node.place,
                    name: node.name,
                    operators: [activation == .silu ? "SiLU" : "HardSwish"],
                    computation: UnaryComputation(function: .activation(activation), shape: shape),
                    inputs: [value],
                    outputs: node.outputs
                )
            }
            for output in node.outputs {
                producers[output] = index
            }
        }
    }

    /// The function of one value that a node and those before it make up.
    private func composed(_ node: PlannedNode) -> (Graph.ValueID, Activation, Shape)? {
        guard let last = node.computation as? BinaryComputation else { return nil }
        if last.function == .divide || last.function == .multiply,
            let (inner, sixth) = scaledBySixth(node, last), sixth,
            let (product, multiply) = producer(of: inner, as: BinaryComputation.self),
            multiply.function == .multiply, multiply.left == multiply.right
        {
            for (value, other) in bothWays(product.inputs) where isShiftedClip(other, of: value) {
                return (value, .hardSwish, multiply.output)
            }
        }
        guard last.function == .multiply, last.left == last.right else { return nil }
        for (value, other) in bothWays(node.inputs) {
            if isHardSigmoid(other, of: value) { return (value, .hardSwish, last.output) }
            if let (gate, unary) = producer(of: other, as: UnaryComputation.self),
                gate.inputs == [value], unary.function == .activation(.sigmoid)
            {
                return (value, .silu, last.output)
            }
        }
        return nil
    }

    private func bothWays(_ inputs: [Graph.ValueID]) -> [(Graph.ValueID, Graph.ValueID)] {
        [(inputs[0], inputs[1]), (inputs[1], inputs[0])]
    }

    /// Whether a value is `min(max(x + 3, 0), 6) / 6`.
    private func isHardSigmoid(_ value: Graph.ValueID, of x: Graph.ValueID) -> Bool {
        if let (node, unary) = producer(of: value, as: UnaryComputation.self),
            case .hardSigmoid(let slope, let offset) = unary.function
        {
            return node.inputs == [x] && abs(slope - 1 / 6) < 1e-6 && offset == 0.5
        }
        guard let (node, binary) = producer(of: value, as: BinaryComputation.self),
            let (inner, sixth) = scaledBySixth(node, binary)
        else { return false }
        return sixth && isShiftedClip(inner, of: x)
    }

    /// Whether a value is `min(max(x + 3, 0), 6)`.
    private func isShiftedClip(_ value: Graph.ValueID, of x: Graph.ValueID) -> Bool {
        guard let (clip, unary) = producer(of: value, as: UnaryComputation.self),
            unary.function == .activation(.clip(0, 6)),
            let (add, binary) = producer(of: clip.inputs[0], as: BinaryComputation.self),
            binary.function == .add
        else { return false }
        return bothWays(add.inputs).contains { $0 == x && number($1) == 3 }
    }

    /// The value that is divided by 6 or multiplied by its inverse.
    private func scaledBySixth(
        _ node: PlannedNode,
        _ binary: BinaryComputation
    ) -> (value: Graph.ValueID, isSixth: Bool)? {
        switch binary.function {
        case .divide: return (node.inputs[0], number(node.inputs[1]) == 6)
        case .multiply:
            for (value, factor) in bothWays(node.inputs) {
                if let factor = number(factor) { return (value, abs(factor - 1 / 6) < 1e-6) }
            }
            return nil
        case .add, .subtract: return nil
        }
    }

    /// A constant that is one number.
    private func number(_ value: Graph.ValueID) -> Float? {
        guard let tensor = graph.constants[value], tensor.shape.count == 1,
            case .floats(let floats) = tensor.elements
        else { return nil }
        return floats.first
    }
}

extension Fusion {
    private mutating func fuseConvolutions() {
        var readers: [Graph.ValueID: Int] = [:]
        for input in graph.nodes.flatMap(\.inputs) + Array(outputs) {
            readers[input, default: 0] += 1
        }
        var kept: [PlannedNode] = []
        var makers: [Graph.ValueID: Int] = [:]
        for node in graph.nodes {
            if let input = node.inputs.first, readers[input] == 1, let maker = makers[input],
                let convolution = kept[maker].computation as? ConvolutionComputation,
                let fused = Self.fused(convolution, with: node.computation)
            {
                kept[maker].computation = fused
                kept[maker].operators += node.operators
                kept[maker].outputs = node.outputs
                makers[node.outputs[0]] = maker
                continue
            }
            if node.computation is ConvolutionComputation {
                makers[node.outputs[0]] = kept.count
            }
            kept.append(node)
        }
        graph.nodes = kept
    }

    private static func fused(
        _ convolution: ConvolutionComputation,
        with next: any Computation
    ) -> ConvolutionComputation? {
        guard convolution.activation == .none else { return nil }
        if let scaling = next as? ChannelScaling, scaling.shape == convolution.output {
            return convolution.scaled(by: scaling.scale, offset: scaling.offset)
        }
        if let unary = next as? UnaryComputation, case .activation(let activation) = unary.function
        {
            var fused = convolution
            fused.activation = activation
            return fused
        }
        return nil
    }
}
