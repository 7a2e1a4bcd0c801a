import Foundation
import Testing

@testable import Pipeline

@Suite
struct DurableFileTests {
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("durable-\(UUID().uuidString)").path

    @Test("A file comes with its folders, replaces the one before, and leaves nothing beside it")
    func writes() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = "\(folder)/a/b/file"
        try DurableFile.write([1, 2, 3], to: path)
        try DurableFile.write([4], to: path)
        #expect(FileManager.default.contents(atPath: path) == Data([4]))
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/a/b")
        #expect(names == ["file"])
    }

    @Test(
        "A path's folder is what stands before its last name",
        arguments: [
            ("o", ""), ("o/x", "o"), ("a/b/", "a"), ("/x", "/"), ("/", ""), ("/a/b", "/a"),
            ("", ""),
        ]
    )
    func parents(path: String, folder: String) {
        #expect(DurableFile.parent(of: path) == folder)
    }

    @Test("A file in the place of a folder is refused by name")
    func fileInTheWay() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try DurableFile.write([1], to: folder)
        let error = #expect(throws: PipelineError.self) {
            try DurableFile.write([1], to: "\(folder)/inside")
        }
        #expect(error?.message.hasPrefix("\(folder) is a file") == true)
    }
}
