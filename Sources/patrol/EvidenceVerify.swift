import Alerts
import ArgumentParser

/// Checks every byte that the chain of evidence names.
struct EvidenceVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Names every changed byte, missing file, and reordered or removed alert."
    )

    @OptionGroup var folder: EvidenceFolder

    @Option(
        help: ArgumentHelp(
            "A key that is known to be the box's: its digits, or a file; may be repeated.",
            discussion: "Without it the chain is checked against its own first key, which shows "
                + "changes, but not whether all of it is another box's.",
            valueName: "key"
        )
    )
    var publicKey: [String] = []

    @Option(
        help: ArgumentHelp(
            "An entry that is known to have been there: number:hash, as verify prints it last.",
            valueName: "head"
        )
    )
    var expect: String?

    func run() throws {
        let keys = try publicKey.map(Evidence.key)
        let expected = try expect.map(Self.head)
        let result = try Evidence.told {
            try EvidenceVerification(folder: folder.data, trusted: keys, expecting: expected)
        }
        for finding in result.findings where finding.isNotice { Console.error("note: \(finding)") }
        for finding in result.findings where !finding.isNotice { Console.output("\(finding)") }
        let names = result.keys.map(\.id).joined(separator: ", ")
        Console.output(
            "\(result.entries) entries, \(result.files) files compared, \(result.removed) removed "
                + "by retention; signed by \(names.isEmpty ? "nobody" : names)"
                + (keys.isEmpty ? " (no key was given to compare with)" : "")
        )
        if let head = result.head { Console.output("head \(head.sequence):\(head.hash)") }
        let faults = result.findings.count { !$0.isNotice }
        Console.output(result.isSound ? "sound" : "NOT SOUND: \(faults) findings")
        guard result.isSound else { throw ExitCode.failure }
    }

    private static func head(_ text: String) throws -> RemovedEntries {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let sequence = Int(parts[0]), parts[1].count == 64 else {
            throw ValidationError("--expect \(text): give number:hash, as verify prints it.")
        }
        return RemovedEntries(sequence: sequence, hash: String(parts[1]))
    }
}
