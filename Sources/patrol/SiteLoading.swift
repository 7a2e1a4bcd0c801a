import ArgumentParser
import Foundation
import Scene
import Site

/// What all subcommands do with the site file.
enum SiteLoading {
    /// Reads a site file; prints each mistake in it on a line of its own.
    ///
    /// - Throws: `ExitCode.failure` where there is one.
    static func load(_ path: String) throws -> SiteConfiguration {
        do throws(SiteError) {
            return try SiteConfiguration.load(
                path: path,
                environment: ProcessInfo.processInfo.environment
            )
        } catch {
            for diagnostic in error.diagnostics { Console.error("\(diagnostic)") }
            let count = error.diagnostics.count
            Console.error(
                "error: \(path) has \(count == 1 ? "a mistake" : "\(count) mistakes"); "
                    + "nothing was started"
            )
            throw ExitCode.failure
        }
    }

    /// When a file was last written, by its folder; nil where nobody can say.
    static func timeOfWriting(_ path: String) -> Instant? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let date = attributes?[.modificationDate] as? Date else { return nil }
        return Instant(microseconds: Int64(date.timeIntervalSince1970 * 1_000_000))
    }

    /// The local time of a site.
    static func timeZone(of site: SiteConfiguration) -> TimeZone {
        TimeZone(identifier: site.timeZone) ?? .gmt
    }
}
