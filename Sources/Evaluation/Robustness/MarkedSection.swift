public import Foundation

/// The part of a text file that a program writes, between two marks.
public enum MarkedSection {
    static let begin = "<!-- robustness table: begin -->"
    static let end = "<!-- robustness table: end -->"

    /// Puts a text between the marks of a file, which is made with nothing else where it is
    /// missing.
    ///
    /// - Parameters:
    ///   - text: what is to stand there, ended by a line feed.
    ///   - file: the file.
    /// - Throws: `EvaluationError` where the file lacks the marks or cannot be written.
    public static func write(_ text: String, into file: URL) throws(EvaluationError) {
        let section = "\(begin)\n\(text)\(end)"
        do {
            var whole = section + "\n"
            if FileManager.default.fileExists(atPath: file.path) {
                whole = try String(contentsOf: file, encoding: .utf8)
                guard let first = whole.range(of: begin),
                    let last = whole.range(of: end, range: first.upperBound..<whole.endIndex)
                else {
                    throw EvaluationError(
                        .invalidData,
                        "\(file.path): lacks the lines '\(begin)' and '\(end)', between which the "
                            + "table is to stand; add them, or name a file that does not exist"
                    )
                }
                whole.replaceSubrange(first.lowerBound..<last.upperBound, with: section)
            }
            try Data(whole.utf8).write(to: file, options: .atomic)
        } catch let error as EvaluationError {
            throw error
        } catch {
            throw EvaluationError(.writeFailed, "\(file.path): cannot be written", cause: error)
        }
    }
}
