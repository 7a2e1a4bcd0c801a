import Imaging
import Scene
import Testing

@Suite struct MaskTests {
    @Test("Components agree with a flood fill on random masks", arguments: 1...12)
    func components(seed: Int) {
        let (width, height) = (37 + seed, 23 + seed)
        let mask = Self.mask(width, height, density: seed * 6, seed: UInt64(seed))
        var labels = [Int32](repeating: -1, count: width * height)
        var labeler = ComponentLabeler()
        let found = mask.withUnsafeBufferPointer { mask in
            labels.withUnsafeMutableBufferPointer { labels -> [Component] in
                guard let mask = mask.baseAddress, let labels = labels.baseAddress else {
                    return []
                }
                return labeler.run(
                    mask,
                    width: width,
                    height: height,
                    minimumArea: 3,
                    labels: labels
                )
            }
        }
        let expected = Self.flood(mask, width, height).filter { $0.count >= 3 }
        #expect(found.map(\.area).sorted() == expected.map(\.count).sorted())
        for component in found {
            let pixels = labels.indices.filter { labels[$0] == component.label }
            #expect(pixels.count == component.area)
            #expect(expected.contains(Set(pixels)))
            #expect(component.box.x == pixels.map { $0 % width }.min())
            #expect(component.box.maxY - 1 == pixels.map { $0 / width }.max())
        }
    }

    @Test("Closing grows and shrinks again, also where rows are empty", arguments: 1...3)
    func closing(radius: Int) {
        let (width, height) = (41, 59)
        var mask = Self.mask(width, height, density: 18, seed: UInt64(radius))
        for y in 0..<height where (2..<9).contains(y) || y >= 40 {
            for x in 0..<width { mask[y * width + x] = 0 }
        }
        var result = mask
        var scratch = mask
        result.withUnsafeMutableBufferPointer { result in
            scratch.withUnsafeMutableBufferPointer { scratch in
                guard let result = result.baseAddress, let scratch = scratch.baseAddress else {
                    return
                }
                Morphology.close(
                    result,
                    width: width,
                    height: height,
                    radius: radius,
                    scratch: scratch
                )
            }
        }
        let grown = Self.pick(mask, width, height, radius) { $0.max() }
        #expect(result == Self.pick(grown, width, height, radius) { $0.min() })
    }

    @Test("Closing leaves an empty mask empty")
    func closingNothing() {
        var mask = [UInt8](repeating: 0, count: 20)
        var scratch = mask
        Morphology.close(&mask, width: 5, height: 4, radius: 1, scratch: &scratch)
        #expect(mask.allSatisfy { $0 == 0 })
    }

    @Test("A value by its rank is that of the sorted values", arguments: 1...6)
    func rank(seed: Int) {
        var random = Random(seed: UInt64(seed))
        let top = UInt16(1 << (2 * seed + 3))
        let values = (0..<(seed * 40)).map { _ in UInt16.random(in: 0...top, using: &random) }
        let sorted = values.sorted()
        for rank in values.indices {
            #expect(OrderStatistic.value(at: rank, of: values) == sorted[rank])
        }
    }

    /// What is picked of the samples within a radius, a square, of each.
    private static func pick(
        _ mask: [UInt8],
        _ width: Int,
        _ height: Int,
        _ radius: Int,
        _ choose: ([UInt8]) -> UInt8?
    ) -> [UInt8] {
        mask.indices.map { index in
            let (x, y) = (index % width, index / width)
            var near: [UInt8] = []
            for dy in -radius...radius {
                for dx in -radius...radius {
                    let column = min(width - 1, max(0, x + dx))
                    let row = min(height - 1, max(0, y + dy))
                    near.append(mask[row * width + column])
                }
            }
            return choose(near) ?? 0
        }
    }

    static func mask(_ width: Int, _ height: Int, density: Int, seed: UInt64) -> [UInt8] {
        var random = Random(seed: seed)
        return (0..<(width * height)).map { _ in
            Int.random(in: 0..<100, using: &random) < density ? 1 : 0
        }
    }

    /// The 8-connected regions as sets of pixel indices.
    static func flood(_ mask: [UInt8], _ width: Int, _ height: Int) -> [Set<Int>] {
        var visited = Set<Int>()
        var regions: [Set<Int>] = []
        for start in mask.indices where mask[start] == 1 && !visited.contains(start) {
            var region: Set<Int> = [start]
            var open = [start]
            while let pixel = open.popLast() {
                let (x, y) = (pixel % width, pixel / width)
                for row in max(0, y - 1)...min(height - 1, y + 1) {
                    for column in max(0, x - 1)...min(width - 1, x + 1) {
                        let index = row * width + column
                        if mask[index] == 1 && region.insert(index).inserted { open.append(index) }
                    }
                }
            }
            visited.formUnion(region)
            regions.append(region)
        }
        return regions
    }
}
