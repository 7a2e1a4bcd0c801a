extension Form<SecretReference> {
    /// Where a secret is: exactly one of two keys.
    static var secret: Form {
        .mapping { reader in
            let file = reader.optional("file", .path)
            let variable = reader.optional("environment", .variable)
            guard reader.cursor.node != nil else { return nil }
            let isOne =
                (reader.value(of: "file") == nil) != (reader.value(of: "environment") == nil)
            guard isOne else {
                reader.cursor.report(
                    "needs exactly one of file and environment",
                    suggestion: "write {file: path} or {environment: NAME}"
                )
                return nil
            }
            return file.map { .file($0) } ?? variable.map { .environment($0) }
        }
    }
}

extension Form<String> {
    /// The path of a file, completed by the site file's folder.
    static var path: Form {
        Form<String>.scalar("a path") { text in
            guard !text.isEmpty, text.utf8.count <= 4096, !text.contains(where: \.isNewline) else {
                return .failure(Problem("is not a path", "write the path of a file"))
            }
            return .success(text)
        }
        .withCursor { text, cursor in
            let folder = cursor.reading.folder
            guard !text.hasPrefix("/"), !folder.isEmpty else { return text }
            return folder + (folder.hasSuffix("/") ? "" : "/") + text
        }
    }

    /// The name of an environment variable.
    fileprivate static var variable: Form {
        scalar("the name of an environment variable") { text in
            let isName =
                text.utf8.first.map { !(48...57).contains($0) } ?? false
                && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            return isName && text.count <= 200
                ? .success(text)
                : .failure(Problem("is not the name of a variable", "write NAME, without ${}"))
        }
    }

    /// Ids that a separator joins, such as `city/north`: what topics begin with.
    static func path(of noun: String, separator: Character) -> Form {
        scalar(noun) { text in
            let parts = text.split(separator: separator, omittingEmptySubsequences: false)
            let isPlain = parts.allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy {
                        $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0))
                    }
            }
            guard isPlain, parts.count <= 8, text.utf8.count <= 200 else {
                return .failure(
                    Problem(
                        "is not \(noun)",
                        "write 1 to 8 words of letters a-z, digits, - and _, with "
                            + "\(separator) between them"
                    )
                )
            }
            return .success(text)
        }
    }

    /// The address of a web server, without user and password.
    static var webURL: Form {
        scalar("a URL") { text in
            guard let (scheme, rest) = schemeAndRest(text), ["http", "https"].contains(scheme)
            else {
                return .failure(Problem("is not the URL of a web server", "write https://…"))
            }
            let authority = rest.prefix { !"/?".contains($0) }
            guard !authority.contains("@") else {
                return .failure(
                    Problem("holds a user", "write the token's place into the key token")
                )
            }
            let isPlain = text.utf8.allSatisfy { (33...126).contains($0) }
            guard isPlain, !text.contains("#"), hostAndPort(authority, usual: 443) != nil else {
                return .failure(
                    Problem("is not a URL", "write https://host[:port]/path, in ASCII signs")
                )
            }
            return .success(text)
        }
    }
}

extension Form<SinkEndpoint> {
    /// The address of a broker, `scheme://host[:port]`.
    static func endpoint(
        plain: (scheme: String, port: Int),
        secure: (scheme: String, port: Int)
    ) -> Form {
        let advice = "write \(plain.scheme)://host:port, or \(secure.scheme)://host:port for TLS"
        return scalar("the URL of a server") { text in
            guard let (scheme, rest) = schemeAndRest(text),
                let way = [plain, secure].first(where: { $0.scheme == scheme })
            else { return .failure(Problem("is not the URL of a server", advice)) }
            guard !rest.contains("@") else {
                return .failure(
                    Problem("holds a user", "write user and password as keys of their own")
                )
            }
            let address = rest.hasSuffix("/") ? rest.dropLast() : rest
            guard let (host, port) = hostAndPort(address, usual: way.port) else {
                return .failure(Problem("names no host, or no port from 1 to 65535", advice))
            }
            return .success(
                SinkEndpoint(host: host, port: port, isSecure: scheme == secure.scheme)
            )
        }
    }
}

private func schemeAndRest(_ text: String) -> (scheme: String, rest: Substring)? {
    guard let mark = text.firstRange(of: "://") else { return nil }
    return (text[..<mark.lowerBound].lowercased(), text[mark.upperBound...])
}

/// `host`, `host:port`, `[::1]` or `[::1]:port`.
private func hostAndPort(_ text: Substring, usual: Int) -> (host: String, port: Int)? {
    let host: Substring
    let rest: Substring
    if text.hasPrefix("[") {
        host = text.dropFirst().prefix { $0 != "]" }
        rest = text.dropFirst(host.count + 2)
        guard host.allSatisfy({ $0.isHexDigit || ":.".contains($0) }) else { return nil }
    } else {
        host = text.prefix { $0 != ":" }
        rest = text.dropFirst(host.count)
        let isName = host.allSatisfy {
            $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0))
        }
        guard isName else { return nil }
    }
    guard !host.isEmpty, host.utf8.count <= 253 else { return nil }
    guard !rest.isEmpty else { return (String(host), usual) }
    guard rest.first == ":", let port = Int(rest.dropFirst()), (1...65_535).contains(port) else {
        return nil
    }
    return (String(host), port)
}
