import Alerts
import ArgumentParser
import Scene

/// Shows what evidence there is.
struct EvidenceShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Lists alerts with evidence, or all evidence of one."
    )

    @OptionGroup var folder: EvidenceFolder

    @Flag(help: "The signed lines as they are.")
    var json = false

    @Argument(
        help: ArgumentHelp("The alert's id, how it begins, or a picture's mark.", valueName: "id")
    )
    var id: String?

    func run() throws {
        let entries = try Evidence.told { try EvidenceExport.entries(of: folder.data) }
        guard let id else { return list(entries) }
        let subject = entries.first { entry in
            entry.manifest.files.contains { $0.mark == id.uppercased() }
        }
        let prefix = subject?.manifest.subject?.id ?? id.lowercased()
        let found = entries.filter { entry in
            entry.manifest.subject.map { $0.id.hasPrefix(prefix) } ?? false
        }
        guard !found.isEmpty else {
            Console.error("error: no evidence of \(id) in \(folder.data); see patrol evidence show")
            throw ExitCode.failure
        }
        if json {
            for entry in found { Console.output(entry.line) }
        } else {
            for entry in found { show(entry) }
        }
    }

    private func show(_ entry: EvidenceEntry) {
        let manifest = entry.manifest
        guard let subject = manifest.subject else { return }
        Console.output(
            "entry \(manifest.sequence)  \(manifest.kind.rawValue)  \(subject.topic)  "
                + "\(subject.event)  \(subject.time)  key \(entry.key)"
        )
        if let origin = manifest.origin {
            Console.output(
                "  site file \(origin.configuration.prefix(16))…  model \(origin.model ?? "none")  "
                    + "program \(origin.program)  clock \(origin.clockQuality.rawValue)"
            )
        }
        for file in manifest.files {
            var line = "  \(file.kind.rawValue)  \(file.file)"
            if let time = file.time { line += "  \(time)" }
            if let seconds = file.seconds { line += "  \(seconds) s" }
            if let mark = file.mark { line += "  \(mark)" }
            Console.output(line)
        }
        for missing in manifest.missing {
            Console.output("  missing: \(missing.what): \(missing.why)")
        }
        if let reason = manifest.reason { Console.output("  \(reason)") }
    }

    private func list(_ entries: [EvidenceEntry]) {
        var table = TextTable(header: ["ID", "WHAT", "TIME", "FILES", "MISSING", "REMOVED"])
        var order: [String] = []
        var groups: [String: [EvidenceManifest]] = [:]
        for entry in entries {
            guard let subject = entry.manifest.subject else { continue }
            if groups[subject.id] == nil { order.append(subject.id) }
            groups[subject.id, default: []].append(entry.manifest)
        }
        for id in order {
            let manifests = groups[id] ?? []
            let removals = manifests.filter { $0.kind == .removal }
            table.add([
                id, manifests.first?.subject?.topic ?? "",
                manifests.first?.subject.map { "\($0.time)" } ?? "",
                "\(manifests.filter { $0.kind != .removal }.reduce(0) { $0 + $1.files.count })",
                "\(manifests.reduce(0) { $0 + $1.missing.count })",
                "\(removals.reduce(0) { $0 + $1.files.count })",
            ])
        }
        Console.output(table.text)
    }
}
