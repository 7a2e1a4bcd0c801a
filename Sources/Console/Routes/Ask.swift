internal import Alerts
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Scene

/// A request of somebody who may, and what its path says.
struct Ask: Sendable {
    let request: Request
    let channel: any Channel
    let caller: Caller
    let values: [String: String]
    let limits: ConsoleLimits

    /// The parameters behind the question mark.
    func query() throws(Problem) -> QueryReader { try QueryReader(request.uri.query) }

    /// Refuses all parameters behind the question mark.
    func noQuery() throws(Problem) { try query().finish() }

    /// The whole id of an alert in the path.
    func alert() throws(Problem) -> String {
        let text = values["alert"] ?? ""
        guard text.utf8.count == 32, text.utf8.allSatisfy(Self.isHexadecimal) else {
            throw .parameter(
                "alert",
                "\"\(text.prefix(80))\" is no id of an alert",
                allowed: "32 digits 0 to 9 and a to f"
            )
        }
        return text
    }

    /// The name of a claim in the path, and its alert.
    func claim() throws(Problem) -> (name: String, alert: String) {
        let text = values["claim"] ?? ""
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 32,
            parts[0].utf8.allSatisfy(Self.isHexadecimal), (1...10).contains(parts[1].utf8.count),
            parts[1].utf8.allSatisfy({ (48...57).contains($0) })
        else {
            throw .parameter(
                "claim",
                "\"\(text.prefix(80))\" is no claim",
                allowed: "the id of an alert, - and a number, as POST /v1/claims gives it"
            )
        }
        return (text, String(parts[0]))
    }

    /// The members of the body.
    ///
    /// - Throws: `Problem` where it is too large, no JSON, or not all there.
    func body() async throws -> BodyReader {
        let announced = request.headers[.contentLength].flatMap { Int($0) }
        if let announced, announced > limits.bodyBytes { throw tooLarge }
        let channel = channel
        let timer = channel.eventLoop.scheduleTask(in: .seconds(limits.bodySeconds)) {
            channel.close(promise: nil)
        }
        defer { timer.cancel() }
        var bytes: [UInt8] = []
        for try await buffer in request.body {
            bytes += buffer.readableBytesView
            guard bytes.count <= limits.bodyBytes else { throw tooLarge }
        }
        // A connection that ended meanwhile ends the body, too: it may be a part of what was meant.
        guard channel.isActive, announced ?? bytes.count == bytes.count else {
            throw Problem(.badBody, "not all of the body came")
        }
        let type = request.headers[.contentType]?.split(separator: ";").first?
            .trimmingPrefix { $0 == " " }.lowercased()
        guard bytes.isEmpty || type == "application/json" else {
            throw Problem(
                .unsupportedMediaType,
                "send the body with Content-Type: application/json"
            )
        }
        return try BodyReader(bytes)
    }

    private var tooLarge: Problem {
        Problem(.bodyTooLarge, "send at most \(limits.bodyBytes) bytes")
    }

    private static func isHexadecimal(_ digit: UInt8) -> Bool {
        (48...57).contains(digit) || (97...102).contains(digit)
    }
}

extension BodyReader {
    /// Whoever acts, as the caller may.
    mutating func actor(_ caller: Caller) throws(Problem) -> String {
        try caller.actor(string("by", allowed: Words.actor, Words.isActor))
    }
}
