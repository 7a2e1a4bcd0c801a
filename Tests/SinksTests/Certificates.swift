import Foundation

/// An authority, a server's and a client's certificate, made with openssl; and an authority that
/// has signed nothing.
struct Certificates {
    let authority: String
    let certificate: String
    let key: String
    let clientCertificate: String
    let clientKey: String
    let stranger: String

    init(in folder: Folder) throws {
        authority = folder.path("authority.pem")
        certificate = folder.path("server.pem")
        key = folder.path("server.key")
        clientCertificate = folder.path("client.pem")
        clientKey = folder.path("client.key")
        stranger = folder.path("stranger.pem")
        try folder.write("subjectAltName=IP:127.0.0.1\n", to: "names")
        for name in ["authority", "stranger"] {
            try Service.run(
                "openssl",
                ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
                    + ["-nodes", "-days", "2", "-subj", "/CN=\(name)"]
                    + ["-keyout", "\(name).key", "-out", "\(name).pem"],
                in: folder
            )
        }
        for name in ["server", "client"] {
            try Service.run(
                "openssl",
                ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
                    + ["-subj", "/CN=\(name)", "-keyout", "\(name).key", "-out", "\(name).csr"],
                in: folder
            )
            try Service.run(
                "openssl",
                ["x509", "-req", "-in", "\(name).csr", "-CA", "authority.pem"]
                    + ["-CAkey", "authority.key", "-CAcreateserial", "-days", "2"]
                    + ["-extfile", "names", "-out", "\(name).pem"],
                in: folder
            )
        }
    }
}
