/// Where in one block of memory the values of a plan lie, so that values which are not alive at the
/// same time share it.
struct ArenaLayout: Sendable {
    /// The offset of each value, in bytes, a multiple of a cache line.
    private(set) var offsets: [Graph.ValueID: Int] = [:]
    /// The offset of each node's working memory.
    private(set) var scratchOffsets: [Int] = []
    private(set) var bytes = 0

    /// A part of the block and the steps during which it is needed.
    private struct Tenant {
        var values: [Graph.ValueID]
        let bytes: Int
        let first: Int
        var last: Int
        var offset = 0
    }

    /// Lays out a graph.
    ///
    /// Complexity: quadratic in the number of nodes.
    ///
    /// - Parameters:
    ///   - graph: Specialised and fused.
    ///   - inputs: Values that are there before the first step and stay.
    ///   - outputs: Values that are there after the last.
    ///   - scratch: Working memory of each node in bytes.
    init(
        _ graph: SpecialisedGraph,
        inputs: [Graph.ValueID],
        outputs: [Graph.ValueID],
        scratch: [Int]
    ) {
        let end = graph.nodes.count
        var lastUse: [Graph.ValueID: Int] = [:]
        for (step, node) in graph.nodes.enumerated() {
            for input in node.inputs { lastUse[input] = step }
        }
        for value in outputs { lastUse[graph.root(value)] = end }
        var tenants: [Tenant] = []
        var places: [Graph.ValueID: Int] = [:]
        for input in inputs {
            places[input] = tenants.count
            let size = Self.size(graph.shapes[input])
            tenants.append(Tenant(values: [input], bytes: size, first: 0, last: end))
        }
        for (step, node) in graph.nodes.enumerated() {
            if let place = Self.inPlace(node, step, places, tenants) {
                tenants[place].values.append(node.outputs[0])
                tenants[place].last = lastUse[node.outputs[0]] ?? step
                places[node.outputs[0]] = place
                continue
            }
            for (output, shape) in zip(node.outputs, node.computation.outputShapes) {
                places[output] = tenants.count
                tenants.append(
                    Tenant(
                        values: [output],
                        bytes: Self.size(shape),
                        first: step,
                        last: lastUse[output] ?? step
                    )
                )
            }
        }
        let firstScratch = tenants.count
        for (step, bytes) in scratch.enumerated() {
            let size = AlignedMemory.rounded(bytes)
            tenants.append(Tenant(values: [], bytes: size, first: step, last: step))
        }
        bytes = Self.place(&tenants)
        for tenant in tenants {
            for value in tenant.values { offsets[value] = tenant.offset }
        }
        scratchOffsets = tenants[firstScratch...].map(\.offset)
    }

    private static func size(_ shape: Shape?) -> Int {
        AlignedMemory.rounded(max((shape?.count ?? 0) * MemoryLayout<Float>.size, 1))
    }

    /// The tenant whose memory a node may take over.
    private static func inPlace(
        _ node: PlannedNode,
        _ step: Int,
        _ places: [Graph.ValueID: Int],
        _ tenants: [Tenant]
    ) -> Int? {
        guard node.computation.worksInPlace, let place = places[node.inputs[0]],
            tenants[place].last == step
        else { return nil }
        return place
    }

    /// Gives the largest first the lowest place that is free while they need it.
    private static func place(_ tenants: inout [Tenant]) -> Int {
        var placed: [Tenant] = []
        var total = 0
        let order = tenants.indices.sorted {
            (tenants[$0].bytes, $1) > (tenants[$1].bytes, $0)
        }
        for index in order where tenants[index].bytes > 0 {
            var offset = 0
            // Sorted by offset, so the first gap that is wide enough is the lowest.
            for other in placed
            where other.first <= tenants[index].last && tenants[index].first <= other.last {
                if other.offset >= offset + tenants[index].bytes { break }
                offset = max(offset, other.offset + other.bytes)
            }
            tenants[index].offset = offset
            total = max(total, offset + tenants[index].bytes)
            let position = placed.firstIndex { $0.offset > offset } ?? placed.endIndex
            placed.insert(tenants[index], at: position)
        }
        return total
    }
}
