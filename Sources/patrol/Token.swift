import ArgumentParser
import Console
import Foundation
import Scene

/// Keeps the file of those who may ask by HTTP.
struct Token: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes, lists and removes the tokens of those who may ask by HTTP.",
        discussion: """
            The file holds no token, only what one is recognised by. A running server sees a \
            change within a second. Roles: view looks; dispatch claims and reports, too; admin \
            does so in the name of others, too.

            Examples:
              patrol token add --tokens /etc/patrol/tokens core --role dispatch
              patrol token list --tokens /etc/patrol/tokens
              patrol token remove --tokens /etc/patrol/tokens core
            """,
        subcommands: [TokenAdd.self, TokenList.self, TokenRemove.self]
    )

    /// Makes an error of the file a line and an exit status.
    static func reporting<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as ConsoleError {
            Console.error("error: \(error)")
            throw ExitCode.failure
        }
    }
}

/// The file of tokens.
struct TokenFileOption: ParsableArguments {
    @Option(help: ArgumentHelp("The file of tokens.", valueName: "file"))
    var tokens: String

    var file: TokenFile { TokenFile(path: tokens) }
}

/// Makes a token.
struct TokenAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Makes a token and prints it, this once."
    )

    @OptionGroup var file: TokenFileOption

    @Option(help: ArgumentHelp("view, dispatch or admin.", valueName: "role"))
    var role: Role

    @Argument(
        help: ArgumentHelp(
            "Whose it is, and who is noted for what is done with it.",
            valueName: "name"
        )
    )
    var name: String

    func run() throws {
        try Token.reporting {
            let made = try AccessToken.make(
                name: name,
                role: role,
                madeAt: "\(ISO8601DateFormatter().string(from: Date()))"
            )
            try file.file.add(made.kept)
            Console.output(made.secret)
        }
    }
}

/// Lists the tokens.
struct TokenList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists whose tokens there are."
    )

    @OptionGroup var file: TokenFileOption

    func run() throws {
        var table = TextTable(header: ["NAME", "ROLE", "MADE"])
        for token in try Token.reporting({ try file.file.read() }) {
            table.add([token.name, token.role.rawValue, token.madeAt])
        }
        Console.output(table.text)
    }
}

/// Removes a token.
struct TokenRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Removes a token: whoever bears it is refused from the next second on."
    )

    @OptionGroup var file: TokenFileOption

    @Argument(help: ArgumentHelp("Whose it is.", valueName: "name"))
    var name: String

    func run() throws {
        try Token.reporting { try file.file.remove(name) }
    }
}
