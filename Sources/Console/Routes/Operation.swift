/// Everything that can be asked for.
///
/// `docs/openapi.yaml` says the same, which a test compares.
enum Operation: String, CaseIterable, Sendable {
    case listAlerts
    case showAlert
    case claimAlerts
    case acknowledgeClaim
    case releaseClaim
    case extendClaim
    case arriveAtAlert
    case reportAlert
    case retryAlert
    case getEvidence
    case followEvents
    case getStatistics
    case getHealth
    case getReadiness

    /// Method, path with names of its variable parts in braces, and the least role; nil for all.
    var route: (method: String, path: String, role: Role?) {
        switch self {
        case .listAlerts: ("GET", "/v1/alerts", .view)
        case .showAlert: ("GET", "/v1/alerts/{alert}", .view)
        case .claimAlerts: ("POST", "/v1/claims", .dispatch)
        case .acknowledgeClaim: ("POST", "/v1/claims/{claim}/ack", .dispatch)
        case .releaseClaim: ("POST", "/v1/claims/{claim}/release", .dispatch)
        case .extendClaim: ("POST", "/v1/claims/{claim}/extend", .dispatch)
        case .arriveAtAlert: ("POST", "/v1/alerts/{alert}/arrive", .dispatch)
        case .reportAlert: ("POST", "/v1/alerts/{alert}/report", .dispatch)
        case .retryAlert: ("POST", "/v1/alerts/{alert}/retry", .dispatch)
        case .getEvidence: ("GET", "/v1/evidence/{alert}/{file}", .view)
        case .followEvents: ("GET", "/v1/events", .view)
        case .getStatistics: ("GET", "/v1/stats", .view)
        case .getHealth: ("GET", "/healthz", nil)
        case .getReadiness: ("GET", "/readyz", nil)
        }
    }

    /// What a method and a path ask for, with the values of the path's variable parts.
    ///
    /// - Parameters:
    ///   - method: HEAD asks for what GET asks for.
    ///   - path: As it came, percent-encoded.
    /// - Returns: The operation, and the values by the names in its path.
    /// - Throws: `Problem` where there is nothing, or the method does not fit.
    static func find(
        _ method: String,
        _ path: String
    ) throws(Problem) -> (operation: Operation, values: [String: String]) {
        let fitting = allCases.compactMap { operation in
            values(of: path, in: operation.route.path).map { (operation, $0) }
        }
        guard !fitting.isEmpty else {
            throw Problem(.notFound, "there is nothing at this path; see docs/http.md")
        }
        let asked = method == "HEAD" ? "GET" : method
        guard let found = fitting.first(where: { $0.0.route.method == asked }) else {
            let methods = fitting.flatMap { operation, _ in
                operation.route.method == "GET" ? ["GET", "HEAD"] : [operation.route.method]
            }
            throw Problem(
                .methodNotAllowed,
                "\(method.prefix(20)) does not fit here",
                allowed: methods.joined(separator: ", "),
                methods: methods
            )
        }
        return found
    }

    private static func values(of path: String, in template: String) -> [String: String]? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let names = template.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == names.count else { return nil }
        var values: [String: String] = [:]
        for (part, name) in zip(parts, names) {
            if name.hasPrefix("{") {
                guard !part.isEmpty else { return nil }
                values[String(name.dropFirst().dropLast())] = String(part)
            } else if part != name {
                return nil
            }
        }
        return values
    }
}
