/// Where and how a site's alerts are to be had by HTTP.
public struct ConsoleSettings: Hashable, Sendable {
    /// The address to listen on, a number or `localhost`.
    public var address: String
    /// The port to listen on; 0 for any that is free.
    public var port: Int
    /// File with the certificate and what stands between it and a known authority, in PEM.
    public var certificate: String?
    /// File with the certificate's private key, in PEM.
    public var key: String?
    /// File with the tokens of those who may ask; nil where everybody on this host may.
    public var tokens: String?

    /// Settings; by default plain HTTP on this host alone.
    public init(
        address: String = "127.0.0.1",
        port: Int = 8420,
        certificate: String? = nil,
        key: String? = nil,
        tokens: String? = nil
    ) {
        self.address = address
        self.port = port
        self.certificate = certificate
        self.key = key
        self.tokens = tokens
    }

    /// Whether only programs of this host can reach the address.
    public var isLoopback: Bool {
        if ["localhost", "::1"].contains(address) { return true }
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
