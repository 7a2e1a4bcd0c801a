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

    @Test("Growing and shrinking agree with their definitions", arguments: 1...3)
    func morphology(radius: Int) {
        let (width, height) = (41, 29)
        let mask = Self.mask(width, height, density: 30, seed: UInt64(radius))
        for grows in [true, false] {
            var result = mask
            var scratch = mask
            result.withUnsafeMutableBufferPointer { result in
                scratch.withUnsafeMutableBufferPointer { scratch in
                    guard let result = result.baseAddress, let scratch = scratch.baseAddress else {
                        return
                    }
                    let run = grows ? Morphology.dilate : Morphology.erode
                    run(result, width, height, radius, scratch)
                }
            }
            for y in 0..<height {
                for x in 0..<width {
                    var near: [UInt8] = []
                    for dy in -radius...radius {
                        for dx in -radius...radius {
                            let column = min(width - 1, max(0, x + dx))
                            let row = min(height - 1, max(0, y + dy))
                            near.append(mask[row * width + column])
                        }
                    }
                    #expect(result[y * width + x] == (grows ? near.max() : near.min()))
                }
            }
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
