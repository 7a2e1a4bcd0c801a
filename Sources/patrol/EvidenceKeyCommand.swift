import Alerts
import ArgumentParser

/// The key that signs.
struct EvidenceKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Shows the public key of the box, or begins a new one.",
        subcommands: [EvidenceKeyShow.self, EvidenceKeyRotate.self]
    )
}

/// Prints the public key; makes a key where there is none.
struct EvidenceKeyShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Prints the public key that signs now; the first call makes the key."
    )

    @OptionGroup var folder: EvidenceFolder

    func run() throws {
        let key = try Evidence.told { try EvidenceChain(folder: folder.data).publicKey() }
        Console.output("\(key)")
    }
}

/// Begins to sign with a new key.
struct EvidenceKeyRotate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Begins to sign with a new key, which the old one signs; run need not stop."
    )

    @OptionGroup var folder: EvidenceFolder

    func run() throws {
        let key = try Evidence.told { try EvidenceChain(folder: folder.data).rotate() }
        Console.output("\(key)")
    }
}
