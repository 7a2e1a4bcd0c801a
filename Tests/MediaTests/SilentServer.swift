import Glibc

/// Accepts connections on a loopback port of its own and never answers.
final class SilentServer {
    let port: UInt16
    private let listener: Int32

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 8) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        guard isBound else {
            throw PreparationError(description: "no loopback port can be listened to")
        }
    }

    deinit {
        close(listener)
    }

    /// Whether somebody has connected.
    var wasCalled: Bool {
        var wanted = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        return poll(&wanted, 1, 0) > 0
    }
}
