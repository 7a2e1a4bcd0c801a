/// What somebody may do; each role may do what those before it may.
public enum Role: String, Sendable, CaseIterable, Comparable {
    /// Look at alerts, evidence, events and figures.
    case view
    /// Claim, acknowledge, arrive, report.
    case dispatch
    /// Do so in the name of others.
    case admin

    /// The lesser role first.
    public static func < (lhs: Role, rhs: Role) -> Bool {
        allCases.firstIndex(of: lhs) ?? 0 < allCases.firstIndex(of: rhs) ?? 0
    }
}

/// Who asks.
struct Caller: Hashable, Sendable {
    /// The token's name; nil where no tokens are in use.
    var name: String?
    var role: Role

    /// Somebody of this host, where no tokens are in use.
    static let local = Caller(name: nil, role: .admin)

    /// In whose name the caller acts: its own or, with a colon and more behind it, a part of it.
    ///
    /// - Parameter stated: What the request says; nil for nothing.
    /// - Returns: Who is noted.
    /// - Throws: `Problem` where that is somebody else.
    func actor(_ stated: String?) throws(Problem) -> String {
        guard let name else { return stated ?? "local" }
        guard let stated else { return name }
        guard role == .admin || stated == name || stated.hasPrefix("\(name):") else {
            throw Problem(
                .forbidden,
                "the token is that of \(name) and cannot act as \(stated)",
                parameter: "by",
                allowed: "\(name), or \(name): and a part of it"
            )
        }
        return stated
    }
}
