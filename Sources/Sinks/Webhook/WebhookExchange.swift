internal import Dispatch
internal import Foundation
internal import FoundationNetworking
internal import Synchronization

/// Sends requests one after the other, and waits for each answer no longer than it may take.
final class WebhookExchange: NSObject, URLSessionDataDelegate, Sendable {
    /// What came back.
    struct Answer {
        var status: Int
        var retryAfter: String?
        /// The beginning of the body.
        var text: String
    }

    /// Why nothing came back.
    enum Outcome {
        case answer(Answer)
        case failed(String)
        case late
        case stopped
    }

    private struct State {
        var task: Int?
        var answer: Answer?
        var body: [UInt8] = []
        var failure: String?
        /// Whether URLSession gave up waiting by itself.
        var isLate = false
    }

    private let state = Mutex(State())
    private let finished = DispatchSemaphore(value: 0)
    /// Bytes of an answer's body that are read; what follows is not waited for.
    private static let maximumBody = 4096

    /// Makes the session that `send` needs; the session keeps its delegate until it is invalidated.
    func session() -> URLSession {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = 1
        configuration.httpShouldSetCookies = false
        configuration.httpCookieAcceptPolicy = .never
        configuration.urlCache = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 1
        return URLSession(configuration: configuration, delegate: self, delegateQueue: queue)
    }

    /// Sends a request and blocks until the answer is there, for that long at most.
    func send(
        _ request: URLRequest,
        through session: URLSession,
        within limit: Duration,
        mustStop: StopCheck
    ) -> Outcome {
        let task = session.dataTask(with: request)
        state.withLock { $0 = State(task: task.taskIdentifier) }
        while finished.wait(timeout: .now()) == .success {}
        task.resume()
        let end = ContinuousClock.now + limit
        while finished.wait(timeout: .now() + .milliseconds(20)) == .timedOut {
            guard ContinuousClock.now < end, !mustStop() else {
                state.withLock { $0.task = nil }
                task.cancel()
                return ContinuousClock.now < end ? .stopped : .late
            }
        }
        return state.withLock { state in
            state.task = nil
            guard var answer = state.answer else {
                if state.isLate { return .late }
                return .failed(state.failure ?? "the connection ended without an answer")
            }
            answer.text = String(decoding: state.body, as: UTF8.self)
            return .answer(answer)
        }
    }

    func urlSession(
        _ session: URLSession,
        dataTask: URLSessionDataTask,
        didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        if let response = response as? HTTPURLResponse {
            note(dataTask) { state in
                state.answer = Answer(
                    status: response.statusCode,
                    retryAfter: response.value(forHTTPHeaderField: "Retry-After"),
                    text: ""
                )
            }
        }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        var isFull = false
        note(dataTask) { state in
            state.body += data.prefix(Self.maximumBody - state.body.count)
            isFull = state.body.count >= Self.maximumBody
        }
        if isFull { dataTask.cancel() }
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        // An event goes to the address that the site file names, and nowhere else.
        completionHandler(nil)
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        didCompleteWithError error: (any Error)?
    ) {
        note(task) { state in
            state.failure = error.map { ($0 as NSError).localizedDescription }
            state.isLate = (error as? URLError)?.code == .timedOut
        }
        let isMine = state.withLock { $0.task == task.taskIdentifier }
        if isMine { finished.signal() }
    }

    private func note(_ task: URLSessionTask, _ change: (inout State) -> Void) {
        state.withLock { state in
            if state.task == task.taskIdentifier { change(&state) }
        }
    }
}
