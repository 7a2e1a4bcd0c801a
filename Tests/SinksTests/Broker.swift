import Foundation
import Glibc
import Testing

/// A real mosquitto on a port of its own, with somebody who listens to everything.
final class Broker {
    let port: Int
    let folder: Folder
    private var service: Service?
    private var listeners: [Service] = []

    init(_ more: [String] = ["allow_anonymous true"], in folder: Folder) throws {
        port = try Service.freePort()
        self.folder = folder
        try folder.write(
            ([
                "listener \(port) 127.0.0.1", "persistence true",
                "persistence_location \(folder.url.path)/", "max_queued_messages 100000",
                "user root",
            ] + more).joined(separator: "\n") + "\n",
            to: "mosquitto.conf"
        )
    }

    deinit {
        listeners = []
        service?.end(SIGKILL)
    }

    func start() throws {
        let service = try Service(
            "mosquitto",
            ["-c", "mosquitto.conf"],
            output: "mosquitto.log",
            in: folder
        )
        self.service = service
        try eventually("mosquitto listens (apt-get install mosquitto)") { [port, folder] in
            try #require(service.isRunning, "mosquitto: \(folder.text("mosquitto.log"))")
            return Service.listens(port)
        }
    }

    /// Ends it as a restart does: what it acknowledged it still knows afterwards.
    func stop() {
        service?.end(SIGTERM)
    }

    /// Stops its work, as a machine that hangs, or lets it go on.
    func freeze(_ isFrozen: Bool) {
        service?.send(isFrozen ? SIGSTOP : SIGCONT)
    }

    /// Listens from now on, with a session that outlives the broker's restarts; lines are topic,
    /// expiry, media type and body, with tabs between them.
    func listen(_ more: [String] = []) throws {
        let arguments =
            ["-V", "5", "-h", "127.0.0.1", "-p", "\(port)", "-i", "listener", "-c"]
            + ["-x", "3600", "-q", "1", "-t", "#"]
            + ["-F", "%t\\t%E\\t%C\\t%r\\t%p"] + more
        // Line by line: what it has heard is looked at while it listens.
        let listener = try Service(
            "stdbuf",
            ["-oL", "mosquitto_sub"] + arguments,
            output: "heard.txt",
            in: folder
        )
        listeners.append(listener)
        // It has subscribed when it hears what is said.
        try eventually("mosquitto_sub listens (apt-get install mosquitto-clients)") { [folder] in
            try #require(listener.isRunning, "mosquitto_sub: \(folder.text("heard.txt"))")
            let said = try Service(
                "mosquitto_pub",
                ["-V", "5", "-h", "127.0.0.1", "-p", "\(port)", "-t", "hello", "-m", "-"] + more,
                output: "hello.log",
                in: folder
            )
            said.process.waitUntilExit()
            usleep(100_000)
            return folder.text("heard.txt").contains("hello\t")
        }
    }

    /// What was heard under topics that begin so.
    func heard(_ prefix: String) -> [[String]] {
        folder.lines("heard.txt").filter { $0.hasPrefix(prefix) }.map { line in
            line.split(separator: "\t", maxSplits: 4, omittingEmptySubsequences: false)
                .map(String.init)
        }
    }
}
