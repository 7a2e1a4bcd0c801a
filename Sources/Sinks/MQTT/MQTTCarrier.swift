internal import CMosquitto
internal import Foundation
internal import Scene
internal import Site

/// Publishes events at an MQTT 5 broker, and tells there whether the program is up.
final class MQTTCarrier: Carrier {
    private let configuration: MQTTConfiguration
    private let site: String
    private let secrets: Secrets
    /// Whether birth and last will are told; a trial does not.
    private let announces: Bool
    private let clock: SinkClock
    private let mustStop: StopCheck
    private var client: MQTTClient?

    static let statusType = "application/json"
    /// Reasons that tell of the broker's settings or state: not authorized, quota exceeded.
    private static let aboutSettings: Set<Int32> = [0x87, 0x97]

    init(
        _ configuration: MQTTConfiguration,
        site: String,
        secrets: Secrets,
        announces: Bool = true,
        clock: SinkClock = .host,
        mustStop: @escaping StopCheck
    ) {
        self.configuration = configuration
        self.site = site
        self.secrets = secrets
        self.announces = announces
        self.clock = clock
        self.mustStop = mustStop
    }

    private var limit: Duration { .seconds(configuration.settings.timeout.seconds) }

    /// Where the program says whether it is up.
    var statusTopic: String {
        [configuration.topic, Parcel.word(site), "status", configuration.settings.id]
            .joined(separator: "/")
    }

    /// What it says.
    func status(_ word: String) -> String {
        "{\"status\":\"\(word)\",\"site\":\"\(site)\",\"sink\":\"\(configuration.settings.id)\"}"
    }

    func deliver(_ parcels: ArraySlice<Parcel>) -> Delivery {
        var delivery = Delivery(arrived: 0)
        do throws(DeliveryFailure) {
            let client = try connected()
            var sent: [Int32] = []
            var failure: DeliveryFailure?
            for parcel in parcels {
                do throws(DeliveryFailure) {
                    sent.append(try publish(parcel, through: client))
                } catch {
                    failure = error
                    break
                }
            }
            try collect(sent, from: client, &delivery)
            if let failure { throw failure }
        } catch {
            if error.code == .unavailable { client = nil }
            delivery.failure = error
        }
        client?.forgetAnswers()
        return delivery
    }

    func idle(_ milliseconds: Int) -> DeliveryFailure? {
        do throws(DeliveryFailure) {
            try connected().turn(Int32(milliseconds))
            return nil
        } catch {
            client = nil
            return error
        }
    }

    func close() {
        guard let client else { return }
        self.client = nil
        if announces, let message = try? publishStatus("offline", through: client) {
            let end = ContinuousClock.now + .milliseconds(500)
            while ContinuousClock.now < end, client.answer(to: message) == nil {
                guard (try? client.turn(20)) != nil else { return }
            }
        }
        client.disconnect()
    }

    /// Counts what the broker acknowledges, until all is or it takes too long.
    private func collect(
        _ sent: [Int32],
        from client: MQTTClient,
        _ delivery: inout Delivery
    ) throws(DeliveryFailure) {
        var deadline = ContinuousClock.now + limit
        while delivery.arrived < sent.count {
            guard let reason = client.answer(to: sent[delivery.arrived]) else {
                guard ContinuousClock.now < deadline, !mustStop() else {
                    throw DeliveryFailure(
                        .unavailable,
                        "\(configuration.endpoint.host) did not acknowledge a message in time"
                    )
                }
                try client.turn(20)
                continue
            }
            guard reason < 0x80 else {
                let text = String(cString: mosquitto_reason_string(reason))
                throw DeliveryFailure(
                    Self.aboutSettings.contains(reason) ? .unavailable : .refused,
                    "\(configuration.endpoint.host) refused a message: \(text)"
                )
            }
            delivery.arrived += 1
            deadline = ContinuousClock.now + limit
        }
    }

    private func publish(
        _ parcel: Parcel,
        through client: MQTTClient
    ) throws(DeliveryFailure) -> Int32 {
        // A broker must not drop what has expired on its way before anybody has seen it.
        let expiry = parcel.expiresAt.map { expiry in
            UInt32(min(max(1, (expiry - clock.now()).seconds.rounded(.up)), 4_294_967_294))
        }
        return try client.publish(
            topic: parcel.address(prefix: configuration.topic, site: site, separator: "/"),
            body: parcel.body,
            expiry: expiry,
            contentType: Parcel.contentType
        )
    }

    private func publishStatus(
        _ word: String,
        through client: MQTTClient
    ) throws(DeliveryFailure) -> Int32 {
        try client.publish(
            topic: statusTopic,
            body: status(word),
            isRetained: true,
            contentType: Self.statusType
        )
    }

    private func connected() throws(DeliveryFailure) -> MQTTClient {
        if let client { return client }
        var password: String?
        do throws(SinkError) {
            if let reference = configuration.password {
                password = try secrets.value(of: reference)
            }
        } catch {
            throw DeliveryFailure(error)
        }
        let new = try MQTTClient(
            configuration,
            clientID: configuration.clientID + (announces ? "" : "-test"),
            password: password,
            will: announces ? MQTTClient.Will(topic: statusTopic, body: status("offline")) : nil
        )
        let deadline = ContinuousClock.now + limit
        try new.connect(to: configuration.endpoint, by: deadline, mustStop: mustStop)
        if announces { _ = try publishStatus("online", through: new) }
        client = new
        return new
    }
}
