internal import Scene

extension Form<ConsoleSettings> {
    /// The section `http`.
    static var console: Form {
        .mapping { reader in
            let usual = ConsoleSettings()
            let file = Form<String>.text.withCursor { path, cursor in
                let folder = cursor.reading.folder
                if path.hasPrefix("/") || folder.isEmpty { return path }
                return folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
            }
            let address = reader.optional("address", .address)
            let port = reader.optional("port", .whole(0...65_535))
            let settings = ConsoleSettings(
                address: address ?? usual.address,
                port: port ?? usual.port,
                certificate: reader.optional("certificate", file),
                key: reader.optional("key", file),
                tokens: reader.optional("tokens", file)
            )
            for (name, other) in [("certificate", "key"), ("key", "certificate")]
            where reader.value(of: other) == nil {
                reader.value(of: name)?.report(
                    "stands alone",
                    suggestion: "give both certificate and key, or neither"
                )
            }
            if !settings.isLoopback, reader.value(of: "tokens") == nil {
                reader.value(of: "address")?.report(
                    "can be reached from other hosts",
                    suggestion: "give the key tokens, the path of a file that "
                        + "patrol token add writes"
                )
            }
            return settings
        }
    }
}

extension Form<String> {
    /// An address to listen on.
    fileprivate static var address: Form {
        scalar("an address such as 127.0.0.1") { text in
            let isPlain = text.utf8.allSatisfy { byte in
                let character = Character(UnicodeScalar(byte))
                return character.isHexDigit || character == "." || character == ":"
            }
            if text == "localhost" || (isPlain && text.contains(where: { ".:".contains($0) })) {
                return .success(text)
            }
            return .failure(
                Problem(
                    "is no address",
                    "write localhost, or digits such as 127.0.0.1, 0.0.0.0 or ::1"
                )
            )
        }
    }
}
