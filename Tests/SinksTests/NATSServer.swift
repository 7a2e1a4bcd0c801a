import CNATS
import Foundation
import Glibc
import Testing

/// A real nats-server with JetStream on a port of its own.
final class NATSServer {
    let port: Int
    private let name: String
    private let folder: Folder
    private var service: Service?

    init(_ name: String = "one", _ more: [String] = [], in folder: Folder) throws {
        port = try Service.freePort()
        self.name = name
        self.folder = folder
        try folder.write(
            ([
                "listen: 127.0.0.1:\(port)", "server_name: \(name)",
                "jetstream { store_dir: \"\(folder.path(name))\" }",
            ] + more).joined(separator: "\n") + "\n",
            to: "\(name).conf"
        )
    }

    deinit {
        service?.end(SIGKILL)
    }

    func start() throws {
        let service = try Service(
            "nats-server",
            ["-c", "\(name).conf"],
            output: "\(name).log",
            in: folder
        )
        self.service = service
        try eventually("nats-server listens (apt-get install nats-server)") { [self] in
            try #require(service.isRunning, "nats-server: \(folder.text("\(name).log"))")
            return Service.listens(port)
        }
    }

    func end(_ signal: Int32) {
        service?.end(signal)
    }
}

/// Reads a stream from its first message to its last, message by message.
final class StreamReader {
    /// A message of the stream.
    struct Message {
        var subject: String
        var id: String?
        var contentType: String?
        var body: String
    }

    private var connection: OpaquePointer?
    private var stream: OpaquePointer?

    init(_ url: String) throws {
        try eventually("\(url) is reached") {
            natsConnection_ConnectTo(&connection, url) == NATS_OK
        }
        try #require(natsConnection_JetStream(&stream, connection, nil) == NATS_OK)
    }

    deinit {
        jsCtx_Destroy(stream)
        natsConnection_Destroy(connection)
    }

    /// Nil where there is no such stream, or its state cannot be had now.
    func messages(_ name: String = "SMARTPATROL") throws -> [Message]? {
        var info: UnsafeMutablePointer<jsStreamInfo>?
        guard js_GetStreamInfo(&info, stream, name, nil, nil) == NATS_OK, let info else {
            return nil
        }
        defer { jsStreamInfo_Destroy(info) }
        let state = info.pointee.State
        guard state.Msgs > 0 else { return [] }
        var messages: [Message] = []
        for sequence in state.FirstSeq...state.LastSeq {
            var message: OpaquePointer?
            guard js_GetMsg(&message, stream, name, sequence, nil, nil) == NATS_OK else {
                return nil
            }
            defer { natsMsg_Destroy(message) }
            let bytes = UnsafeRawBufferPointer(
                start: natsMsg_GetData(message),
                count: Int(natsMsg_GetDataLength(message))
            )
            messages.append(
                Message(
                    subject: String(cString: natsMsg_GetSubject(message)),
                    id: Self.header("Nats-Msg-Id", of: message),
                    contentType: Self.header("Content-Type", of: message),
                    body: String(decoding: bytes, as: UTF8.self)
                )
            )
        }
        return messages
    }

    private static func header(_ name: String, of message: OpaquePointer?) -> String? {
        var value: UnsafePointer<CChar>?
        guard natsMsgHeader_Get(message, name, &value) == NATS_OK else { return nil }
        return value.map { String(cString: $0) }
    }
}
