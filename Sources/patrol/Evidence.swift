import Alerts
import ArgumentParser
import Foundation
import Scene

/// Proves that evidence is what it was, and hands it out.
struct Evidence: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks, shows and hands out the evidence of alerts, and its key.",
        discussion: """
            Examples:
              patrol evidence verify --data out
              patrol evidence verify --data exported --public-key box.pub
              patrol evidence show --data out 5be1
              patrol evidence export --data out --output case-17 5be1
              patrol evidence export --data out --output may --from 2026-05-01T00:00:00+08:00
              patrol evidence prune --data out --keep-days 180 --keep-gigabytes 50
              patrol evidence key show --data out
              patrol evidence key rotate --data out
            """,
        subcommands: [
            EvidenceVerify.self, EvidenceShow.self, EvidenceExportCommand.self,
            EvidencePrune.self, EvidenceKeyCommand.self,
        ]
    )

    /// Makes an error an exit status and a line on standard error.
    static func told<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as AlertError {
            Console.error("error: \(error)")
            throw ExitCode.failure
        }
    }

    /// The public key of a file, or written out.
    static func key(_ text: String) throws -> EvidencePublicKey {
        if let key = EvidencePublicKey(text) { return key }
        let held = (try? String(contentsOfFile: text, encoding: .utf8)) ?? ""
        let line = held.split(separator: "\n").last.map(String.init) ?? ""
        if let key = EvidencePublicKey(line) { return key }
        throw ValidationError(
            "--public-key \(text): give 64 hexadecimal digits, or a file whose last line has them."
        )
    }
}

/// The folder with the evidence.
struct EvidenceFolder: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Folder that score or run has written, or that was exported.",
            valueName: "folder"
        )
    )
    var data: String
}
