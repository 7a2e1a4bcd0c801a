import Alerts
import Foundation
import FoundationNetworking
import Glibc
import Logging
import Scene
import Testing

@testable import Console

/// A data folder with a queue, and a server that listens on a port of its own.
final class Box: Sendable {
    let folder: URL
    let store: AlertStore
    let server: ConsoleServer
    let address: String

    init(
        policy: HandoverPolicy = HandoverPolicy(),
        tokens: String? = nil,
        certificate: String? = nil,
        key: String? = nil,
        folder: URL? = nil,
        limits: ConsoleLimits = ConsoleLimits()
    ) throws {
        self.folder = try folder ?? Box.newFolder()
        store = try AlertStore(directory: self.folder)
        try store.adopt(policy, now: Box.now)
        server = try ConsoleServer(
            settings: ConsoleSettings(
                port: 0,
                certificate: certificate,
                key: key,
                tokens: tokens
            ),
            store: store,
            folder: self.folder.path,
            timeZone: "Asia/Shanghai",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            limits: limits
        )
        address = try server.start()
    }

    deinit {
        server.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    static func newFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("console-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    static var now: Instant {
        Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }

    var port: UInt16 { UInt16(address.split(separator: ":").last ?? "") ?? 0 }

    /// Commits an alert with a picture of its own, which opened so many seconds ago.
    ///
    /// - Returns: its id.
    @discardableResult
    func alert(
        _ number: Int = 1,
        camera: String = "gate",
        kind: ZoneKind = .noParking,
        severity: Severity = .warning,
        phase: Incident.Phase = .opened,
        ago: Double = 0
    ) throws -> String {
        let start = 1_772_344_800_000_000 - Int64(ago * 1_000_000)
        let context = AlertContext(
            site: "s",
            camera: AlertCamera(id: CameraID(rawValue: camera), name: "东门"),
            stream: StreamIdentity(rawValue: "live:\(number)"),
            anchor: ClockAnchor(start: Instant(microseconds: start), quality: .host),
            zoneNames: [:]
        )
        let object = Observation(
            id: ObjectID(rawValue: 1),
            mobility: .static,
            box: NormalizedBox(x: 0.1, y: 0.1, width: 0.1, height: 0.1),
            since: .zero,
            presentAtStart: false,
            classification: Classification(.vehicle, confidence: 0.9),
            confidence: 0.9
        )
        let incident = Incident(
            number: number,
            revision: phase == .opened ? 1 : 2,
            phase: phase,
            zone: ZoneID(rawValue: "lane"),
            kind: kind,
            severity: severity,
            object: object,
            startedAt: .zero,
            time: .zero
        )
        let bytes = Array("picture \(number) ".utf8) + [UInt8](repeating: 7, count: 200_000)
        let path = "evidence/\(camera)/\(number).jpg"
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(bytes).write(to: file)
        let picture = EvidenceFile(
            kind: .snapshot,
            file: path,
            sha256: Digest.sha256(bytes),
            mediaType: "image/jpeg"
        )
        let event = AlertEvent(incident: incident, context: context, evidence: [picture])
        try store.commit(event, recordedAt: Box.now)
        return event.data.alertID
    }

    /// Asks as a client does.
    func ask(
        _ method: String,
        _ path: String,
        _ body: String? = nil,
        headers: [String: String] = [:]
    ) throws -> Reply {
        let url = try #require(URL(string: address + path))
        var request = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalCacheData)
        request.httpMethod = method
        request.timeoutInterval = 90
        if let body {
            request.httpBody = Data(body.utf8)
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        return try Reply(request)
    }
}

/// What a server answered.
struct Reply: Sendable {
    var status: Int
    var headers: [String: String]
    var bytes: [UInt8]

    /// Sends a request with a session of its own, so that none waits for another's connection.
    init(_ request: URLRequest) throws {
        let session = URLSession(configuration: .ephemeral)
        let done = DispatchSemaphore(value: 0)
        let result = Result(done)
        session.dataTask(with: request) { data, response, error in
            result.set(data, response as? HTTPURLResponse, error)
        }.resume()
        done.wait()
        session.invalidateAndCancel()
        let (data, response, error) = result.get()
        if let error { throw error }
        let found = try #require(response)
        status = found.statusCode
        headers = [:]
        for (name, value) in found.allHeaderFields {
            headers["\(name)".lowercased()] = "\(value)"
        }
        bytes = Array(data ?? Data())
    }

    private final class Result: @unchecked Sendable {
        private let lock = NSLock()
        private let done: DispatchSemaphore
        private var value: (Data?, HTTPURLResponse?, (any Error)?) = (nil, nil, nil)

        init(_ done: DispatchSemaphore) {
            self.done = done
        }

        func set(_ data: Data?, _ response: HTTPURLResponse?, _ error: (any Error)?) {
            lock.withLock { value = (data, response, error) }
            done.signal()
        }

        func get() -> (Data?, HTTPURLResponse?, (any Error)?) { lock.withLock { value } }
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The body as an object of JSON.
    var json: [String: Any] {
        let value = try? JSONSerialization.jsonObject(with: Data(bytes))
        return value as? [String: Any] ?? [:]
    }

    /// The ids of a list of alerts, or of claims.
    func ids(_ member: String) -> [String] {
        let list = json[member] as? [[String: Any]] ?? []
        return list.compactMap { $0["alertId"] as? String }
    }

    /// The last word of a problem's type; nil where it is no problem.
    var problem: String? {
        guard headers["content-type"] == "application/problem+json",
            json["status"] as? Int == status
        else { return nil }
        return (json["type"] as? String)?.split(separator: ":").last.map(String.init)
    }
}

/// A connection on which a test says what it wants, byte by byte.
final class Wire {
    private let socket: Int32

    init(to port: UInt16) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) }
        }
        try #require(result == 0)
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(
            socket,
            SOL_SOCKET,
            SO_RCVTIMEO,
            &patience,
            socklen_t(MemoryLayout<timeval>.size)
        )
    }

    deinit {
        close(socket)
    }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// What comes until it contains a text, or until the end.
    func read(until end: String? = nil) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end, text.contains(end) { return text }
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { return text }
            bytes += buffer.prefix(count)
        }
    }
}
