internal import Alerts
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore

extension ConsoleDesk {
    /// Whether a reader wants to go on where events are missing.
    private enum Gaps: String, CaseIterable {
        case refuse
        case allow
    }

    /// The log from a position on, as server-sent events that go on for ever.
    func events(_ ask: Ask) async throws -> Response {
        var query = try ask.query()
        let after = try query.number("after", Int64(0)...Int64.max)
        let gaps = try query.choice("gaps", Gaps.self) ?? .refuse
        try query.finish()
        let seen = try Self.lastEvent(ask.request.headers)
        let start = try await position(seen ?? after, gaps: gaps)
        let slot = try Slot(of: eventStreams)
        let channel = ask.channel
        let body = ResponseBody { [self] writer in
            do {
                try await follow(from: start, channel: channel) { text in
                    try await writer.write(ByteBuffer(string: text))
                }
            } catch {
                logger.debug("a stream of events ended: \(error)")
            }
            withExtendedLifetime(slot) {}
            try await writer.finish(nil)
        }
        let headers = Answer.safe([.contentType: "text/event-stream"])
        return Response(status: .ok, headers: headers, body: body)
    }

    /// Where a stream begins: after what the reader has seen, or at the end of the log.
    private func position(_ asked: Int64?, gaps: Gaps) async throws -> Int64 {
        let store = store
        let (end, next) = try await work.run {
            let end = try store.end()
            return (end, try store.events(after: asked ?? end, limit: 1).first?.sequence)
        }
        guard let asked else { return end }
        guard asked <= end else {
            throw Problem.parameter(
                "Last-Event-ID",
                "the log ends at \(end); \(asked) is of another log",
                allowed: "0 to \(end)"
            )
        }
        let missing = (next ?? end + 1) - asked - 1
        guard missing > 0, gaps == .refuse else { return asked }
        throw Problem(
            .gone,
            "\(missing) events after \(asked) were removed to stay within the bounds; go on with "
                + "/v1/events?gaps=allow, and look at /v1/alerts for what stands now",
            parameter: "Last-Event-ID"
        )
    }

    private static func lastEvent(_ headers: HTTPFields) throws(Problem) -> Int64? {
        guard let name = HTTPField.Name("Last-Event-ID"), let text = headers[name] else {
            return nil
        }
        let isPlain = text.utf8.allSatisfy { (48...57).contains($0) }
        guard isPlain, let sequence = Int64(text) else {
            throw .parameter(
                "Last-Event-ID",
                "\"\(text.prefix(80))\" is no position in the log",
                allowed: "the id of an event of this stream, a whole number"
            )
        }
        return sequence
    }

    /// Tells of every event after a position, and gives a sign of life where there is none.
    private func follow(
        from start: Int64,
        channel: any Channel,
        tell: (String) async throws -> Void
    ) async throws {
        var position = start
        var lastSign = ContinuousClock.now
        try await tell("retry: 2000\n\n")
        while !watch.isStopped, channel.isActive {
            let (store, after) = (store, position)
            let (seen, page) = try await work.run {
                (store.change, try store.events(after: after, limit: 100))
            }
            if let last = page.last {
                try await tell(Self.text(of: page, after: position))
                position = last.sequence
                lastSign = .now
                continue
            }
            let next = lastSign + .seconds(limits.heartbeatSeconds)
            await watch.wait(past: seen, until: next) { !channel.isActive }
            if .now >= next {
                try await tell(":\n\n")
                lastSign = .now
            }
        }
    }

    /// Events as the stream has them; where some were removed meanwhile, it says so.
    private static func text(of page: [StoredEvent], after start: Int64) -> String {
        var text = ""
        var position = start
        for event in page {
            let missing = event.sequence - position - 1
            if missing > 0 {
                text += "event: gap\ndata: {\"after\":\(position),\"missing\":\(missing)}\n\n"
            }
            position = event.sequence
            text += "id: \(position)\ndata: \(event.delivered)\n\n"
        }
        return text
    }
}
