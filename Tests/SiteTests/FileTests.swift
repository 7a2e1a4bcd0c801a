import Foundation
import Glibc
import Testing

@testable import Site

@Suite struct FileTests {
    /// What loading reports for a file of these bytes.
    private func reports(_ bytes: [UInt8]) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "site-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "site.yaml")
        try Data(bytes).write(to: file)
        return reports(path: file.path).map { $0.replacing(file.path, with: "site.yaml") }
    }

    private func reports(path: String) -> [String] {
        do {
            _ = try SiteConfiguration.load(path: path, environment: [:])
            return []
        } catch {
            return error.diagnostics.map(\.description)
        }
    }

    @Test("A file that is not there is reported")
    func missing() {
        #expect(
            reports(path: "/nowhere/site.yaml")
                == ["/nowhere/site.yaml: does not exist; check the path"]
        )
    }

    @Test("A folder, a device and a path through a file are reported")
    func notFiles() {
        #expect(
            reports(path: "/tmp")
                == ["/tmp: is a folder; give the site file in it, such as /tmp/site.yaml"]
        )
        #expect(reports(path: "/dev/null") == ["/dev/null: is not a regular file"])
        #expect(
            reports(path: "/dev/null/site.yaml")
                == ["/dev/null/site.yaml: cannot be read: Not a directory"]
        )
    }

    @Test("A file that may not be read is reported")
    func unreadable() {
        #expect(
            SiteFile.failure("site.yaml", EACCES).description
                == "site.yaml: may not be read; give this user the right to read it"
        )
    }

    @Test("A file that is empty, too large or not UTF-8 is reported")
    func contents() throws {
        #expect(
            try reports([]) == ["site.yaml: is empty; start from docs/site.example.yaml"]
        )
        #expect(
            try reports([UInt8](repeating: 0x23, count: SiteFile.maximumBytes + 1))
                == ["site.yaml: is larger than 4 MiB; check that it is the site file"]
        )
        #expect(
            try reports(Array("version: 1\nname: 市".utf8) + [0xCA, 0xD0])
                == [
                    "site.yaml:2:8: the file is not UTF-8; save it as UTF-8; "
                        + "GBK and UTF-16 are not read"
                ]
        )
    }

    @Test("The bytes of the file are kept for its digest")
    func digest() throws {
        let path = Samples.docs.appending(path: "site.example.yaml").path
        let site = try SiteConfiguration.load(
            path: path,
            environment: ["MARKET_PASSWORD": "x"]
        )
        #expect(try Data(site.digestInput) == Data(contentsOf: URL(filePath: path)))
    }
}
