internal import Alerts
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension ConsoleDesk {
    /// A file that an event of the alert names.
    ///
    /// No other can be named: the path comes from the queue, and the request only chooses.
    func evidence(_ ask: Ask) async throws -> Response {
        try ask.noQuery()
        let alert = try ask.alert()
        let name = try Self.fileName(ask.values["file"] ?? "")
        let (store, folder) = (store, folder)
        let (named, file) = try await work.run {
            let named = try store.storedEvents(of: alert).reversed().lazy
                .flatMap { try $0.event().common.matter.evidence }
                .first { $0.file.split(separator: "/").last.map(String.init) == name }
            guard let named else {
                throw Problem(.notFound, "alert \(alert) names no file \(name)")
            }
            return (named, try ServedFile(folder: folder, path: named.file))
        }
        let headers = ask.request.headers
        var answer = Answer.safe([
            .contentType: named.mediaType, .eTag: "\"\(named.sha256)\"", .acceptRanges: "bytes",
            .cacheControl: "private, no-cache",
        ])
        if let tags = headers[.ifNoneMatch], Self.isTag(named.sha256, among: tags) {
            answer[.contentType] = nil
            return Response(status: .notModified, headers: answer)
        }
        let unchanged = headers[.ifRange].map { Self.isTag(named.sha256, among: $0) } ?? true
        let range = unchanged ? ByteRange(headers[.range], of: file.size) : .whole
        switch range {
        case .whole:
            return Response(status: .ok, headers: answer, body: body(file, 0..<file.size))
        case .unsatisfiable:
            throw Problem(
                .rangeNotSatisfiable,
                "the file has \(file.size) bytes",
                parameter: "Range",
                allowed: "bytes within 0 to \(file.size - 1)",
                headers: [.contentRange: "bytes */\(file.size)"]
            )
        case .part(let part):
            let last = part.upperBound - 1
            answer[.contentRange] = "bytes \(part.lowerBound)-\(last)/\(file.size)"
            return Response(status: .partialContent, headers: answer, body: body(file, part))
        }
    }

    private func body(_ file: ServedFile, _ range: Range<Int64>) -> ResponseBody {
        let work = work
        return ResponseBody(contentLength: Int(range.upperBound - range.lowerBound)) { writer in
            var position = range.lowerBound
            while position < range.upperBound {
                let (begin, count) = (position, Int(min(range.upperBound - position, 1 << 16)))
                let bytes = try await work.run { try file.bytes(from: begin, count: count) }
                try await writer.write(ByteBuffer(bytes: bytes))
                position += Int64(bytes.count)
            }
            try await writer.finish(nil)
        }
    }

    private static func fileName(_ text: String) throws(Problem) -> String {
        let signs = Set("._-".utf8)
        let isPlain = text.utf8.allSatisfy { byte in
            let character = Character(UnicodeScalar(byte))
            return byte < 128 && (character.isLetter || character.isNumber || signs.contains(byte))
        }
        guard isPlain, (1...255).contains(text.utf8.count), !text.hasPrefix(".") else {
            throw .parameter(
                "file",
                "\"\(text.prefix(80))\" is no name of a file of evidence",
                allowed: "the last part of a path in the evidence of the alert's events"
            )
        }
        return text
    }

    /// Whether a list of entity tags has that of a hash; a weak one counts.
    private static func isTag(_ hash: String, among tags: String) -> Bool {
        tags.split(separator: ",").contains { tag in
            let plain = tag.drop { $0 == " " || $0 == "\t" }
            let strong = plain.hasPrefix("W/") ? plain.dropFirst(2) : plain
            let end = strong.lastIndex { $0 != " " && $0 != "\t" }
            return end.map { ["*", "\"\(hash)\""].contains(String(strong[...$0])) } ?? false
        }
    }
}
