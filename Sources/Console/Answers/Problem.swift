internal import Alerts
internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// Why a request was refused, as RFC 9457 tells it.
struct Problem: Error {
    /// What a caller can tell apart; each has a name, a status and a title that never change.
    enum Kind: String, Sendable, CaseIterable {
        case badParameter = "bad-parameter"
        case badBody = "bad-body"
        case badRequest = "bad-request"
        case unauthenticated
        case forbidden
        case notFound = "not-found"
        case methodNotAllowed = "method-not-allowed"
        case conflict
        case gone
        case bodyTooLarge = "body-too-large"
        case unsupportedMediaType = "unsupported-media-type"
        case rangeNotSatisfiable = "range-not-satisfiable"
        case wrongHost = "wrong-host"
        case tooManyTries = "too-many-tries"
        case headersTooLarge = "headers-too-large"
        case `internal`
        case busy
        case unavailable

        /// Status and title.
        var meaning: (HTTPResponse.Status, String) {
            switch self {
            case .badParameter: (.badRequest, "A parameter is wrong")
            case .badBody: (.badRequest, "The body is wrong")
            case .badRequest: (.badRequest, "The request is wrong")
            case .unauthenticated: (.unauthorized, "It is not known who asks")
            case .forbidden: (.forbidden, "This is not allowed")
            case .notFound: (.notFound, "There is no such thing")
            case .methodNotAllowed: (.methodNotAllowed, "The method does not fit")
            case .conflict: (.conflict, "The alert does not stand so")
            case .gone: (.gone, "Events were removed before they were read")
            case .bodyTooLarge: (.contentTooLarge, "The body is too large")
            case .unsupportedMediaType: (.unsupportedMediaType, "The body is not JSON")
            case .rangeNotSatisfiable: (.rangeNotSatisfiable, "The file is not so long")
            case .wrongHost: (.misdirectedRequest, "The request is meant for another host")
            case .tooManyTries: (.tooManyRequests, "Too many wrong tokens")
            case .headersTooLarge:
                (.requestHeaderFieldsTooLarge, "The headers are too large")
            case .internal: (.internalServerError, "Something failed here")
            case .busy: (.serviceUnavailable, "Too much is asked at once")
            case .unavailable: (.serviceUnavailable, "The queue cannot be reached")
            }
        }
    }

    let kind: Kind
    /// What is wrong with this request, and what to do.
    let detail: String
    /// The parameter or member that is wrong.
    var parameter: String?
    /// What would be right for it.
    var allowed: String?
    /// Seconds after which trying again makes sense.
    var retryAfter: Int?
    /// The methods that would fit, for the header `Allow`.
    var methods: [String]?
    /// More headers.
    var headers: HTTPFields

    init(
        _ kind: Kind,
        _ detail: String,
        parameter: String? = nil,
        allowed: String? = nil,
        retryAfter: Int? = nil,
        methods: [String]? = nil,
        headers: HTTPFields = HTTPFields()
    ) {
        self.kind = kind
        self.detail = detail
        self.parameter = parameter
        self.allowed = allowed
        self.retryAfter = retryAfter
        self.methods = methods
        self.headers = headers
    }

    /// A value that a parameter cannot have.
    static func parameter(_ name: String, _ detail: String, allowed: String) -> Problem {
        Problem(.badParameter, detail, parameter: name, allowed: allowed)
    }

    /// What the queue refuses.
    ///
    /// What concerns the box and not the caller stays in its log.
    init(_ error: AlertError) {
        switch error.code {
        case .conflict: self.init(.conflict, error.message)
        case .missing: self.init(.notFound, error.message)
        case .exhausted, .unavailable:
            self.init(
                .unavailable,
                "the queue cannot be read or written now; see the log of the box",
                retryAfter: 5
            )
        case .invalidData:
            self.init(.internal, "the queue holds what cannot be read; see the log of the box")
        }
    }

    private struct Body: Encodable {
        var type: String
        var title: String
        var status: Int
        var detail: String
        var instance: String?
        var parameter: String?
        var allowed: String?
        var retryAfter: Int?
    }

    /// The body.
    func json(instance: String?) -> String {
        let (status, title) = kind.meaning
        let body = Body(
            type: "urn:smartpatrol:problem:\(kind.rawValue)",
            title: title,
            status: status.code,
            detail: detail,
            instance: instance,
            parameter: parameter,
            allowed: allowed,
            retryAfter: retryAfter
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(body) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    /// The headers beside those of every answer.
    var allHeaders: HTTPFields {
        var fields = headers
        fields[.contentType] = "application/problem+json"
        if let retryAfter { fields[.retryAfter] = String(retryAfter) }
        if let methods { fields[.allow] = methods.joined(separator: ", ") }
        if kind == .unauthenticated { fields[.wwwAuthenticate] = "Bearer realm=\"patrol\"" }
        return fields
    }

    /// The answer.
    func response(instance: String?) -> Response {
        Answer.text(json(instance: instance), status: kind.meaning.0, headers: allHeaders)
    }
}
