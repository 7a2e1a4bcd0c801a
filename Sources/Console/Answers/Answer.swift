internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Answers with what all of them share.
enum Answer {
    /// JSON with status 200.
    static func json(_ text: String) -> Response {
        self.text(text, status: .ok, headers: [.contentType: "application/json"])
    }

    /// A list of JSON objects as a member of an object.
    static func json(_ member: String, _ lines: [String], more: String = "") -> Response {
        json("{\"\(member)\":[\(lines.joined(separator: ","))]\(more)}")
    }

    /// Text as it is.
    static func text(_ text: String, status: HTTPResponse.Status, headers: HTTPFields) -> Response {
        let body = ResponseBody(byteBuffer: ByteBuffer(string: text))
        return Response(status: status, headers: safe(headers), body: body)
    }

    /// The headers with those that keep browsers from doing what nobody asked for.
    static func safe(_ headers: HTTPFields) -> HTTPFields {
        var headers = headers
        headers[.xContentTypeOptions] = "nosniff"
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
        return headers
    }
}
