internal import Foundation
internal import FoundationNetworking
internal import Scene
internal import Site

/// Posts events to a web server, one after the other.
final class WebhookCarrier: Carrier {
    private let configuration: WebhookConfiguration
    private let secrets: Secrets
    private let clock: SinkClock
    private let mustStop: StopCheck
    private let exchange = WebhookExchange()
    private let session: URLSession
    /// What the messages call the server: a query may hold a token.
    private let place: String

    /// Statuses that tell of the program's settings or of the server's state, not of the event.
    static let aboutSettings: Set<Int> = [401, 403, 404, 405, 407, 408, 425, 429]
    /// How long one call goes on before it tells how far it is.
    private static let stretch = Duration.milliseconds(500)

    init(
        _ configuration: WebhookConfiguration,
        secrets: Secrets,
        clock: SinkClock = .host,
        mustStop: @escaping StopCheck
    ) {
        self.configuration = configuration
        self.secrets = secrets
        self.clock = clock
        self.mustStop = mustStop
        session = exchange.session()
        place = SourceAddress.redacted(configuration.url)
    }

    func deliver(_ parcels: ArraySlice<Parcel>) -> Delivery {
        var delivery = Delivery(arrived: 0)
        let begin = ContinuousClock.now
        for parcel in parcels {
            do throws(DeliveryFailure) {
                try post(parcel)
            } catch {
                delivery.failure = error
                break
            }
            delivery.arrived += 1
            if mustStop() || ContinuousClock.now - begin > Self.stretch { break }
        }
        return delivery
    }

    func idle(_ milliseconds: Int) -> DeliveryFailure? {
        usleep(UInt32(milliseconds) * 1000)
        return nil
    }

    func close() {
        session.invalidateAndCancel()
    }

    private func post(_ parcel: Parcel) throws(DeliveryFailure) {
        let request = try request(parcel)
        let limit = Duration.seconds(configuration.settings.timeout.seconds)
        switch exchange.send(request, through: session, within: limit, mustStop: mustStop) {
        case .answer(let answer): try judge(answer)
        case .failed(let reason):
            throw DeliveryFailure(.unavailable, "cannot post to \(place): \(reason)")
        case .late:
            let seconds = configuration.settings.timeout.seconds
            throw DeliveryFailure(.unavailable, "\(place) did not answer within \(seconds) s")
        case .stopped:
            throw DeliveryFailure(.unavailable, "stopped while \(place) did not answer")
        }
    }

    private func request(_ parcel: Parcel) throws(DeliveryFailure) -> URLRequest {
        guard let url = URL(string: configuration.url) else {
            throw DeliveryFailure(.unavailable, "\(place) is not a URL")
        }
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.httpBody = Data(parcel.body.utf8)
        request.timeoutInterval = configuration.settings.timeout.seconds
        request.setValue(Parcel.contentType, forHTTPHeaderField: "Content-Type")
        request.setValue("\"\(parcel.id)\"", forHTTPHeaderField: "Idempotency-Key")
        request.setValue("smartpatrol", forHTTPHeaderField: "User-Agent")
        do throws(SinkError) {
            let signature = WebhookSignature.value(
                body: parcel.body,
                seconds: clock.now().microseconds / 1_000_000,
                key: try secrets.value(of: configuration.secret)
            )
            request.setValue(signature, forHTTPHeaderField: WebhookSignature.header)
            if let token = configuration.token {
                let value = try secrets.value(of: token)
                request.setValue("Bearer \(value)", forHTTPHeaderField: "Authorization")
            }
        } catch {
            throw DeliveryFailure(error)
        }
        return request
    }

    private func judge(_ answer: WebhookExchange.Answer) throws(DeliveryFailure) {
        guard !(200..<300).contains(answer.status) else { return }
        let words = answer.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let text = words.isEmpty ? "" : ": \(words.prefix(200))"
        let message = "\(place) answered \(answer.status)\(text)"
        let isRefusal =
            (400..<500).contains(answer.status) && !Self.aboutSettings.contains(answer.status)
        guard isRefusal else {
            let wait = answer.retryAfter.flatMap { Int($0) }.map { Duration.seconds(max(0, $0)) }
            throw DeliveryFailure(.unavailable, message, wait: wait)
        }
        throw DeliveryFailure(.refused, message)
    }
}
