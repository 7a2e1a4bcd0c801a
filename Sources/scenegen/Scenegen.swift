internal import ArgumentParser

/// Renders scenes and what is true of them.
@main
struct Scenegen: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenegen",
        abstract: "Renders scenes with known truth.",
        subcommands: [SamplesCommand.self, SuiteCommand.self],
        defaultSubcommand: SamplesCommand.self
    )
}
