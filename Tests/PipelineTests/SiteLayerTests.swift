import Detection
import Foundation
import Pipeline
import Testing

@Suite struct SiteLayerTests {
    private static func layer(_ number: Int) -> SiteLayer {
        SiteLayer(number: number, model: "own-1", weights: [0.5, -1.25], bias: Double(number))
    }

    @Test("Layers are kept, the last one is in force, and going back ends at the one as shipped")
    func turns() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = SiteLayerFiles(data: folder.path)
        #expect(try files.present() == nil)
        try files.install(Self.layer(1))
        try files.install(Self.layer(2))
        #expect(try files.present() == Self.layer(2))
        #expect(try files.rollBack() == Self.layer(1))
        #expect(try files.present() == Self.layer(1))
        #expect(try files.rollBack() == nil)
        #expect(try files.present() == nil)
        #expect { try files.rollBack() } throws: { "\($0)".contains("nothing to go back to") }
    }

    @Test("A damaged layer is named, not passed over")
    func damaged() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = SiteLayerFiles(data: folder.path)
        try files.install(Self.layer(1))
        let path = folder.appendingPathComponent("adaptation/present.json")
        try Data("{".utf8).write(to: path)
        #expect { try files.present() } throws: { "\($0)".contains("present.json is no layer") }
    }
}
