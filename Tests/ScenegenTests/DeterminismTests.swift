import Foundation
import Testing

@testable import scenegen

@Suite struct DeterminismTests {
    private func clip(_ name: String, seed: UInt64, pictures: Int) throws -> Data {
        let scene = try #require(SceneCatalog.scene(name, seed: seed))
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(UUID().uuidString).mp4")
        defer { try? FileManager.default.removeItem(at: file) }
        try SceneRenderer(scene, seed: seed).write(
            to: file.path,
            rateFactor: 27,
            pictures: pictures
        )
        return try Data(contentsOf: file)
    }

    @Test("The same seed renders the same bytes", arguments: SceneCatalog.names)
    func sameSeed(name: String) throws {
        let first = try clip(name, seed: 5, pictures: 6)
        #expect(try clip(name, seed: 5, pictures: 6) == first)
    }

    @Test("Another seed renders another picture")
    func otherSeed() throws {
        let one = try #require(SceneCatalog.scene("parked_car", seed: 1))
        let two = try #require(SceneCatalog.scene("parked_car", seed: 2))
        let first = SceneRenderer(one, seed: 1).picture(at: 0)
        #expect(SceneRenderer(two, seed: 2).picture(at: 0) != first)
    }

    @Test("The generator gives the numbers of its paper's reference for seed 0")
    func generator() {
        var random = Random(seed: 0)
        #expect(random.next() == 0xE220_A839_7B1D_CDAF)
        #expect(random.next() == 0x6E78_9E6A_A1B9_65F4)
    }
}
