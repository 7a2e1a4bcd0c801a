internal import Alerts
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore

/// What a request comes with beside itself.
struct ConsoleContext: InitializableFromSource {
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        channel = source.channel
    }
}

/// Decides what a request asks for and who asks, lets the desk answer, and makes every failure a
/// problem.
struct ConsoleResponder: HTTPResponder {
    let desk: ConsoleDesk
    let access: AccessControl
    /// Whether no tokens are in use, so that the requests of browsers need a closer look.
    let isOpen: Bool
    let limits: ConsoleLimits
    let logger: Logger

    func respond(to request: Request, context: ConsoleContext) async throws -> Response {
        var response: Response
        do {
            response = try await answer(request, context.channel)
        } catch {
            let problem = problem(error, request)
            response = problem.response(instance: request.uri.path)
            if problem.kind == .bodyTooLarge { Self.end(context.channel) }
        }
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(_ request: Request, _ channel: any Channel) async throws -> Response {
        let (operation, values) = try Operation.find(request.method.rawValue, request.uri.path)
        if isOpen { try checkBrowser(request) }
        var caller = Caller.local
        if let role = operation.route.role {
            caller = try await access.caller(
                request.headers,
                from: channel.remoteAddress?.ipAddress ?? "unknown",
                needing: role
            )
        }
        let ask = Ask(
            request: request,
            channel: channel,
            caller: caller,
            values: values,
            limits: limits
        )
        return try await desk.answer(operation, ask)
    }

    /// Where everybody on this host may ask, a web page in a browser on it must not: neither by a
    /// name that leads here, nor by a form.
    private func checkBrowser(_ request: Request) throws(Problem) {
        guard let authority = request.head.authority else { return }
        let host =
            authority.hasPrefix("[")
            ? authority.prefix { $0 != "]" }.dropFirst() : authority.prefix { $0 != ":" }
        guard ["localhost", "::1"].contains(host) || host.hasPrefix("127.") else {
            throw Problem(
                .wrongHost,
                "without tokens only the names of this host are answered, not \(host.prefix(80))"
            )
        }
        guard let origin = request.headers[.origin] else { return }
        guard ["http://\(authority)", "https://\(authority)"].contains(origin) else {
            throw Problem(.forbidden, "without tokens no web page of elsewhere may ask")
        }
    }

    /// What to tell of a failure; what concerns the box goes to its log.
    private func problem(_ error: any Error, _ request: Request) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let error as AlertError:
            let problem = Problem(error)
            if problem.kind.meaning.0.code >= 500 {
                logger.error("\(request.method) \(request.uri.path): \(error)")
            }
            return problem
        default:
            logger.error("\(request.method) \(request.uri.path): \(error)")
            return Problem(.internal, "the request failed; see the log of the box")
        }
    }

    /// Ends a connection whose rest nobody wants, once the answer has had time to arrive.
    private static func end(_ channel: any Channel) {
        channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
    }
}
