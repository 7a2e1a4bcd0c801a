public import Foundation
public import Pipeline

extension Explanation {
    /// The explanation as JSON with its keys in alphabetical order; the same bytes for the same
    /// explanation.
    ///
    /// - Returns: UTF-8, without a line break at the end.
    /// - Throws: `EncodingError` for a number that JSON has no way to write.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
