import ArgumentParser
import Foundation
import Rules
import Scene
import Site

/// Reads a site file and tells what is wrong with it.
struct TuneCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Tells whether a site file is right, and what it says.",
        discussion: """
            Prints every mistake as file:line:column: key: what is wrong and what would be \
            allowed, and exits with 1. Where all is well it prints the cameras and zones.

            Example:
              patrol tune check site.yaml
            """
    )

    @Argument(help: ArgumentHelp("The site file.", valueName: "site"))
    var site: String

    func run() throws {
        let site = try load()
        let zones = site.cameras.reduce(0) { $0 + $1.zones.count }
        Console.output(
            "\(self.site) is right: site \(site.id) (\(site.name)), local time \(site.timeZone), "
                + "\(Self.counted(site.cameras.count, "camera")), \(Self.counted(zones, "zone"))"
        )
        var table = TextTable(
            header: ["CAMERA", "SOURCE", "ZONE", "KIND", "DWELL", "SEVERITY", "IN FORCE"]
        )
        for camera in site.cameras {
            let source = camera.source.map { "\($0)" } ?? "-"
            if camera.zones.isEmpty {
                table.add([camera.id.rawValue, source, "(none)", "-", "-", "-", "-"])
            }
            for zone in camera.zones {
                table.add([camera.id.rawValue, source] + Self.cells(zone))
            }
        }
        Console.output(table.text)
    }

    private func load() throws -> SiteConfiguration {
        do throws(SiteError) {
            return try SiteConfiguration.load(
                path: site,
                environment: ProcessInfo.processInfo.environment
            )
        } catch {
            for diagnostic in error.diagnostics { Console.output("\(diagnostic)") }
            let count = error.diagnostics.count
            Console.error("\(Self.counted(count, "mistake")) in \(site)")
            throw ExitCode.failure
        }
    }

    private static func counted(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    private static func cells(_ zone: ZoneRule) -> [String] {
        [
            zone.id.rawValue, zone.kind.rawValue, AlertLine.clock(zone.dwell.seconds),
            zone.severity.rawValue, zone.schedule == nil ? "always" : "by schedule",
        ]
    }
}
