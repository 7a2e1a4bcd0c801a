internal import Foundation

extension Form<String> {
    /// The IANA name of a time zone.
    static var timeZone: Form {
        scalar("an IANA time zone such as Asia/Shanghai") { text in
            let isName = text == "UTC" || text.contains("/")
            guard isName, TimeZone(identifier: text) != nil else {
                return .failure(Problem("is not an IANA time zone", suggestion(for: text)))
            }
            return .success(text)
        }
    }

    private static func suggestion(for text: String) -> String {
        let chinese = ["beijing", "peking", "cst", "utc+8", "gmt+8", "utc+08:00", "gmt+08:00"]
        let lower = text.lowercased()
        let isChinese = chinese.contains { lower == $0 || lower.hasSuffix("/" + $0) }
        let known = TimeZone.knownTimeZoneIdentifiers + ["UTC"]
        guard let close = isChinese ? "Asia/Shanghai" : closest(to: text, among: known) else {
            return "write a name such as Asia/Shanghai or UTC"
        }
        return "did you mean \(close)?"
    }
}
