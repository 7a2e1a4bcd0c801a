/// Brings nodes into an order in which each finds its inputs made.
enum NodeOrder {
    /// Sorts nodes; those that are in order already stay so.
    ///
    /// Complexity: linear in nodes and their inputs.
    ///
    /// - Parameters:
    ///   - nodes: In any order, each value made by one of them at most.
    ///   - known: Values that are there before the first node.
    /// - Returns: The same nodes.
    /// - Throws: `invalidData` where nodes wait for each other.
    static func sorted(
        _ nodes: [Graph.Node],
        known: Set<Graph.ValueID>
    ) throws(InferenceError) -> [Graph.Node] {
        var waiting = [Int](repeating: 0, count: nodes.count)
        var readers: [Graph.ValueID: [Int]] = [:]
        for (index, node) in nodes.enumerated() {
            for input in Set(node.inputs.compactMap { $0 }).subtracting(known) {
                waiting[index] += 1
                readers[input, default: []].append(index)
            }
        }
        var ready = nodes.indices.filter { waiting[$0] == 0 }
        var next = 0
        while next < ready.count {
            for output in nodes[ready[next]].outputs {
                for reader in readers[output] ?? [] {
                    waiting[reader] -= 1
                    if waiting[reader] == 0 { ready.append(reader) }
                }
            }
            next += 1
        }
        guard ready.count == nodes.count else {
            let stuck = nodes.indices.first { waiting[$0] > 0 }
            throw .invalid("a cycle goes through \(stuck.map { nodes[$0].place } ?? "")")
        }
        // In the file's own order where that works: breadth first would keep more values alive.
        var made = known
        let inOrder = nodes.allSatisfy { node in
            defer { made.formUnion(node.outputs) }
            return node.inputs.allSatisfy { $0.map(made.contains) ?? true }
        }
        return inOrder ? nodes : ready.map { nodes[$0] }
    }
}
