import Foundation
import Site

/// Texts of site files for tests, and what reading them reports.
enum Samples {
    /// A file without mistakes, which ends in the list of zones of its only camera.
    static let head = """
        version: 1
        site: {id: town}
        cameras:
          - id: gate
            zones:
        """

    /// A zone whose first line is line 6 of a file that starts with `head`.
    static func zone(_ more: String) -> String {
        """
        \(head)
              - id: kerb
                kind: no_parking
                polygon: [[0.1, 0.1], [0.9, 0.1], [0.5, 0.9]]
        \(more.isEmpty ? "" : "        " + more)
        """
    }

    /// A file whose camera, which starts in line 4, has another line 5.
    static func camera(_ more: String) -> String {
        """
        version: 1
        site: {id: town}
        cameras:
          - id: gate
            \(more)
            zones: []
        """
    }

    /// Reads a text that has no mistake.
    static func site(
        _ text: String,
        file: String = "site.yaml",
        environment: [String: String] = [:]
    ) throws -> SiteConfiguration {
        try SiteConfiguration.parse(text: text, file: file, environment: environment)
    }

    /// The mistakes of a text.
    static func diagnostics(
        _ text: String,
        environment: [String: String] = [:]
    ) -> [Diagnostic] {
        do {
            _ = try SiteConfiguration.parse(
                text: text,
                file: "site.yaml",
                environment: environment
            )
            return []
        } catch {
            return error.diagnostics
        }
    }

    /// The mistakes of a text, a line each.
    static func reports(_ text: String) -> [String] {
        diagnostics(text).map(\.description)
    }

    /// The folder `docs` of the repository.
    static var docs: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs")
    }
}
