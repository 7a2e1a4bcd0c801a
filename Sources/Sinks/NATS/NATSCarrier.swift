internal import Glibc
internal import Scene
internal import Site

/// Publishes events into a stream of NATS JetStream, one after the other: only then their order
/// holds while a cluster changes its leader.
final class NATSCarrier: Carrier {
    private let configuration: NATSConfiguration
    private let site: String
    private let secrets: Secrets
    private let mustStop: StopCheck
    private var connection: NATSConnection?

    /// How long one call goes on before it tells how far it is.
    private static let stretch = Duration.milliseconds(200)

    init(
        _ configuration: NATSConfiguration,
        site: String,
        secrets: Secrets,
        mustStop: @escaping StopCheck
    ) {
        self.configuration = configuration
        self.site = site
        self.secrets = secrets
        self.mustStop = mustStop
    }

    func deliver(_ parcels: ArraySlice<Parcel>) -> Delivery {
        var delivery = Delivery(arrived: 0)
        let begin = ContinuousClock.now
        do throws(DeliveryFailure) {
            let connection = try connected()
            for parcel in parcels {
                try connection.publish(
                    parcel.body,
                    subject: parcel.address(
                        prefix: configuration.subject,
                        site: site,
                        separator: "."
                    ),
                    id: parcel.id,
                    stream: configuration.stream,
                    contentType: Parcel.contentType
                )
                delivery.arrived += 1
                if mustStop() || ContinuousClock.now - begin > Self.stretch { break }
            }
        } catch {
            if error.code == .unavailable { connection = nil }
            delivery.failure = error
        }
        return delivery
    }

    func idle(_ milliseconds: Int) -> DeliveryFailure? {
        do throws(DeliveryFailure) {
            guard try connected().isUp else {
                connection = nil
                return DeliveryFailure(.unavailable, "the connection to the servers was lost")
            }
        } catch {
            return error
        }
        usleep(UInt32(milliseconds) * 1000)
        return nil
    }

    func close() {
        connection = nil
    }

    private func connected() throws(DeliveryFailure) -> NATSConnection {
        if let connection { return connection }
        let seconds = configuration.settings.timeout.seconds
        let servers = Double(configuration.endpoints.count)
        let new = try NATSConnection(
            configuration,
            login: try login(),
            milliseconds: Int64(max(1, seconds / servers) * 1000)
        )
        if let wanted = configuration.creates {
            try new.ensure(
                configuration.stream,
                subjects: configuration.subject + ".>",
                wanted
            )
        }
        connection = new
        return new
    }

    private func login() throws(DeliveryFailure) -> NATSConnection.Login? {
        do throws(SinkError) {
            switch configuration.login {
            case nil: return nil
            case .user(let name, let password):
                return .user(name, password: try secrets.value(of: password))
            case .token(let token): return .token(try secrets.value(of: token))
            case .key(let publicKey, let seedFile):
                return .key(publicKey: publicKey, seedFile: seedFile)
            case .credentials(let file): return .credentials(file)
            }
        } catch {
            throw DeliveryFailure(error)
        }
    }
}
