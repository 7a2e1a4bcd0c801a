import Foundation
import Testing

/// The calls with which a program wrote files, in their order, as strace saw them.
struct SystemCalls {
    /// One call, from its begin to its end.
    struct Call {
        var process: Substring
        var name: Substring
        /// The file, where the call names one by its descriptor.
        var file: Substring
        /// Everything that was said of it.
        var text: String
        /// Number of the line on which it began and of that on which it ended.
        var begin: Int
        var end: Int
    }

    let calls: [Call]

    /// Runs the program under strace to its end.
    static func of(
        _ arguments: [String],
        in folder: Folder
    ) throws -> (result: Patrol.Result, calls: SystemCalls) {
        let trace = folder.path("\(UUID().uuidString).trace")
        let result = try Patrol.run(
            arguments,
            through: [
                "strace", "-f", "-y", "-s", "5000", "-o", trace, "-e",
                "trace=write,pwrite64,fsync,fdatasync,rename", "--",
            ],
            in: folder
        )
        let text = FileManager.default.contents(atPath: trace)
        let told = try #require(text, "strace is missing: sudo apt-get install strace")
        return (result, SystemCalls(String(decoding: told, as: UTF8.self)))
    }

    private init(_ trace: String) {
        var calls: [Call] = []
        var unfinished: [Substring: Call] = [:]
        for (number, line) in trace.split(separator: "\n").enumerated() {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2 else { continue }
            let (process, rest) = (words[0], words[1].drop { $0 == " " })
            if rest.hasPrefix("<... ") {
                guard var call = unfinished.removeValue(forKey: process) else { continue }
                call.end = number
                calls.append(call)
                continue
            }
            guard let bracket = rest.firstIndex(of: "(") else { continue }
            let inside = rest[bracket...]
            let file = inside.prefix { $0 != "," && $0 != ")" }.split(separator: "<").last?
                .prefix { $0 != ">" }
            let call = Call(
                process: process,
                name: rest[..<bracket],
                file: file ?? "",
                text: String(rest),
                begin: number,
                end: number
            )
            if line.hasSuffix("<unfinished ...>") {
                unfinished[process] = call
            } else {
                calls.append(call)
            }
        }
        self.calls = calls.sorted { $0.begin < $1.begin }
    }

    /// The first call that wrote a text into a file whose name ends so.
    func write(of text: String, to suffix: String, after: Int = -1) -> Call? {
        calls.first { call in
            call.begin > after && ["write", "pwrite64"].contains(call.name)
                && call.file.hasSuffix(suffix) && call.text.contains(text)
        }
    }

    /// The first sync of a file whose name ends so that began after a line of the trace.
    func sync(of suffix: String, after line: Int) -> Call? {
        calls.first { call in
            call.begin > line && ["fsync", "fdatasync"].contains(call.name)
                && call.file.hasSuffix(suffix)
        }
    }
}
