/// Writes one JSON object with its keys in the order of the calls, without white space, and with
/// numbers that look the same on every machine.
struct CanonicalJSON {
    private var text = "{"

    /// The finished object.
    var finished: String { text + "}" }

    mutating func string(_ key: String, _ value: String) {
        begin(key)
        text += Self.quoted(value)
    }

    /// A string that is left out where there is none.
    mutating func string(_ key: String, ifPresent value: String?) {
        if let value { string(key, value) }
    }

    mutating func integer(_ key: String, _ value: Int) {
        begin(key)
        text += String(value)
    }

    mutating func boolean(_ key: String, _ value: Bool) {
        begin(key)
        text += value ? "true" : "false"
    }

    /// A number rounded half away from zero to that many decimals, trailing zeros cut, never with
    /// an exponent.
    mutating func number(_ key: String, _ value: Double, decimals: Int) {
        begin(key)
        text += Self.decimal(value, decimals: decimals)
    }

    /// Strings that are left out where there are none.
    mutating func strings(_ key: String, ifPresent values: [String]?) {
        guard let values else { return }
        begin(key)
        text += "[" + values.map(Self.quoted).joined(separator: ",") + "]"
    }

    mutating func integers(_ key: String, _ values: [Int]) {
        begin(key)
        text += "[" + values.map(String.init).joined(separator: ",") + "]"
    }

    /// A value that is canonical JSON already.
    mutating func raw(_ key: String, _ value: String) {
        begin(key)
        text += value
    }

    mutating func object(_ key: String, _ fill: (inout CanonicalJSON) -> Void) {
        begin(key)
        var inner = CanonicalJSON()
        fill(&inner)
        text += inner.finished
    }

    mutating func array<Element>(
        _ key: String,
        _ elements: [Element],
        _ fill: (inout CanonicalJSON, Element) -> Void
    ) {
        begin(key)
        let written = elements.map { element in
            var inner = CanonicalJSON()
            fill(&inner, element)
            return inner.finished
        }
        text += "[" + written.joined(separator: ",") + "]"
    }

    private mutating func begin(_ key: String) {
        if text.utf8.count > 1 { text += "," }
        text += Self.quoted(key) + ":"
    }

    private static func decimal(_ value: Double, decimals: Int) -> String {
        let scale = (0..<decimals).reduce(Int64(1)) { scale, _ in scale * 10 }
        let scaled = Int64((value * Double(scale)).rounded())
        let whole = scaled.magnitude / scale.magnitude
        var fraction = String(scale.magnitude + scaled.magnitude % scale.magnitude).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        return (scaled < 0 ? "-" : "") + String(whole) + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// RFC 8259 section 7: only the quotation mark, the backslash and controls are escaped.
    private static func quoted(_ value: String) -> String {
        var quoted = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20:
                quoted += "\\u00" + Digest.hexadecimal([UInt8(scalar.value)])
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
