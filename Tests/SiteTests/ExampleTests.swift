import Foundation
import Rules
import Scene
import Testing

@testable import Site

@Suite struct ExampleTests {
    let text: String
    let reading: Reading
    let site: SiteConfiguration?

    init() throws {
        let file = Samples.docs.appending(path: "site.example.yaml")
        text = try String(contentsOf: file, encoding: .utf8)
        reading = Reading(file: file.path, environment: ["MARKET_PASSWORD": "x"])
        site = reading.read(text, as: .site)
    }

    /// The settings of a kind are those of a zone, so the inner keys of one stand for the other's.
    private func canonical(_ paths: [String]) -> Set<String> {
        let prefixes = ZoneKind.allCases.map { "defaults.\($0.rawValue)." }
        return Set(
            paths.map { path in
                guard let prefix = prefixes.first(where: path.hasPrefix) else { return path }
                let key = path.dropFirst(prefix.count)
                return key.contains(".") ? "cameras[].zones[].\(key)" : path
            }
        )
    }

    @Test("The example has no mistake")
    func valid() {
        #expect(reading.diagnostics.map(\.description) == [])
        #expect(site != nil)
    }

    @Test("Every key that the program knows is in the example, and no other")
    func keys() {
        let known = canonical(SiteConfiguration.keyPaths)
        let shown = canonical(reading.keys)
        #expect(known.subtracting(shown).sorted() == [])
        #expect(shown.subtracting(known).sorted() == [])
        #expect(known.count > 60)
    }

    @Test("A comment at every key tells its default, or that it is required")
    func comments() {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (path, line) in reading.lines {
            let above = lines[..<(line - 1)].reversed().prefix { line in
                line.drop { $0 == " " }.hasPrefix("#")
            }
            let comment = ([lines[line - 1]] + above).joined(separator: " ")
            let tells = comment.contains("Default") || comment.contains("Required")
            #expect(tells, "\(path) in line \(line)")
        }
    }

    @Test("The defaults that the example shows are those of the program")
    func defaults() throws {
        let kinds = ZoneKind.allCases.map(\.rawValue)
        for kind in kinds {
            let zones = "zones: [{id: a, kind: \(kind), polygon: [[0, 0], [1, 0], [1, 1]]}]"
            let end = try #require(text.firstRange(of: "\ncameras:")).lowerBound
            let shown = try Samples.site(text[..<end] + "\ncameras: [{id: gate, \(zones)}]")
            let bare = try Samples.site(
                "version: 1\nsite: {id: town}\ncameras: [{id: gate, \(zones)}]"
            )
            #expect(shown.cameras[0].zones == bare.cameras[0].zones)
        }
    }
}
