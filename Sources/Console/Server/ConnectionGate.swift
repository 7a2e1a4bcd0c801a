internal import HTTPTypes
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import Synchronization

/// How many connections a server has.
final class ConnectionCount: Sendable {
    private let number = Mutex(0)

    /// One more; returns how many there are with it.
    func add() -> Int {
        number.withLock {
            $0 += 1
            return $0
        }
    }

    func remove() {
        number.withLock { $0 -= 1 }
    }
}

/// Stands at the entrance of a connection: answers what is no HTTP and what is too many with a
/// problem, and ends a connection whose other side is gone or does not read.
final class ConnectionGate: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: ConsoleLimits
    private let count: ConnectionCount
    private var isCounted = false
    private var isExcess = false
    private var isAnswered = false
    private var stall: Scheduled<Void>?

    init(limits: ConsoleLimits, count: ConnectionCount) {
        self.limits = limits
        self.count = count
    }

    func handlerAdded(context: ChannelHandlerContext) {
        isCounted = true
        isExcess = count.add() > limits.connections
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        leave()
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    private func leave() {
        stall?.cancel()
        if isCounted { count.remove() }
        isCounted = false
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isAnswered { return }
        guard isExcess, case .head = unwrapInboundIn(data) else {
            return context.fireChannelRead(data)
        }
        let problem = Problem(
            .busy,
            "\(limits.connections) connections are open already; try again",
            retryAfter: 5
        )
        answer(problem, context: context)
    }

    /// What the server says after the gate has answered goes nowhere.
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard isAnswered else { return context.write(data, promise: promise) }
        promise?.fail(ChannelError.ioOnClosedChannel)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError, !isAnswered else {
            return context.fireErrorCaught(error)
        }
        switch error {
        case .headerOverflow:
            let problem = Problem(
                .headersTooLarge,
                "send at most \(limits.headerBytes) bytes in \(limits.headerFields) headers"
            )
            answer(problem, context: context)
        default:
            answer(Problem(.badRequest, "this is no HTTP: \(error)"), context: context)
        }
    }

    /// The other side sends nothing any longer: nobody waits for an answer.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .some(.inputClosed) = event as? ChannelEvent {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stall?.cancel()
        stall = nil
        if !context.channel.isWritable {
            let channel = context.channel
            stall = context.eventLoop.scheduleTask(in: .seconds(limits.stallSeconds)) {
                channel.close(promise: nil)
            }
        }
        context.fireChannelWritabilityChanged()
    }

    /// Answers in place of the server, and ends the connection.
    private func answer(_ problem: Problem, context: ChannelHandlerContext) {
        isAnswered = true
        let body = ByteBuffer(string: problem.json(instance: nil))
        var headers = Answer.safe(problem.allHeaders)
        headers[.contentLength] = String(body.readableBytes)
        headers[.connection] = "close"
        let head = HTTPResponse(status: problem.kind.meaning.0, headerFields: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
            channel.close(promise: nil)
        }
    }
}
