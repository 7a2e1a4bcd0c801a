import Alerts
import ArgumentParser
import Console
import Foundation
import Logging
import Media
import Scene

/// Lets programs ask for the alerts of a folder by HTTP.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves the alerts of a folder by HTTP until it is stopped.",
        discussion: """
            For a folder that score or run has written. patrol run serves its own, with the \
            section http of the site file. Prints the address once it listens. See docs/http.md.

            Examples:
              patrol serve --data out
              patrol serve --data out --address 0.0.0.0 --tokens tokens \\
                --certificate cert.pem --key key.pem
            """
    )

    @Option(help: ArgumentHelp("Folder that score or run has written.", valueName: "folder"))
    var data: String

    @Option(help: ArgumentHelp("The address to listen on, in digits.", valueName: "address"))
    var address = "127.0.0.1"

    @Option(help: ArgumentHelp("The port; 0 for any that is free.", valueName: "number"))
    var port = 8420

    @Option(help: ArgumentHelp("File of those who may ask.", valueName: "file"))
    var tokens: String?

    @Option(help: ArgumentHelp("Certificate in PEM, to speak TLS.", valueName: "file"))
    var certificate: String?

    @Option(help: ArgumentHelp("The certificate's private key in PEM.", valueName: "file"))
    var key: String?

    @Option(
        help: ArgumentHelp(
            "Time zone of the hours of the day, such as Asia/Shanghai.",
            valueName: "name"
        )
    )
    var timeZone = "UTC"

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port \(port): give a number from 0 to 65535.")
        }
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("give both --certificate and --key, or neither.")
        }
        guard TimeZone(identifier: timeZone) != nil else {
            throw ValidationError("--time-zone \(timeZone): give a name such as Asia/Shanghai.")
        }
    }

    func run() throws {
        let signals = StopSignals()
        let store = try Queue.update(data)
        let settings = ConsoleSettings(
            address: address,
            port: port,
            certificate: certificate,
            key: key,
            tokens: tokens
        )
        let server = try Self.start(
            settings,
            store: store,
            folder: data,
            timeZone: timeZone,
            logger: Logger(label: "patrol") { StreamLogHandler.standardError(label: $0) }
        )
        Console.output(server.address)
        while !signals.cancellation.isCancelled { usleep(50_000) }
        server.server.stop()
        if let stopped = signals.exitCode { throw stopped }
    }

    /// Starts a server; what hinders it is printed and ends the command.
    static func start(
        _ settings: ConsoleSettings,
        store: AlertStore,
        folder: String,
        timeZone: String,
        logger: Logger
    ) throws -> (server: ConsoleServer, address: String) {
        do throws(ConsoleError) {
            let server = try ConsoleServer(
                settings: settings,
                store: store,
                folder: folder,
                timeZone: timeZone,
                logger: logger
            )
            let address = try server.start()
            logger.info("the alerts are at \(address)/v1/alerts")
            return (server, address)
        } catch {
            Console.error("error: \(error)")
            throw ExitCode.failure
        }
    }
}
