/// The values of a list that may stand only once, with the line of their first use.
final class UniqueValues {
    private var lines: [String: Int] = [:]

    /// Line where the value stood before, or nil where it is new.
    func claim(_ value: String, line: Int) -> Int? {
        if let first = lines[value] { return first }
        lines[value] = line
        return nil
    }
}

extension Form<String> {
    /// Text for people, 1 to 200 characters on one line.
    static var text: Form {
        scalar("a text") { text in
            guard !text.allSatisfy(\.isWhitespace) else {
                return .failure(Problem("is an empty text", "write 1 to 200 characters"))
            }
            guard text.count <= 200, !text.contains(where: \.isNewline) else {
                return .failure(Problem("is too long", "write 1 to 200 characters on one line"))
            }
            return .success(text)
        }
    }

    /// A name for programs, which becomes part of file names and of topics.
    static var identifier: Form {
        scalar("an id such as gate-3") { text in
            let isPlain = text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
            let isId = isPlain && (1...64).contains(text.count) && !"-_".contains(text.prefix(1))
            guard isId else {
                return .failure(
                    Problem(
                        "is not an id",
                        "write 1 to 64 letters a-z, digits, - and _, a letter or digit first"
                    )
                )
            }
            return .success(text)
        }
    }

    /// The 20 digits that name a device in a video platform (GB/T 28181).
    static var deviceID: Form {
        scalar("20 digits") { text in
            let isDigits = text.utf8.allSatisfy { (48...57).contains($0) }
            guard text.utf8.count == 20, isDigits else {
                return .failure(
                    Problem("is not a GB/T 28181 id", "write its 20 digits in quotes")
                )
            }
            return .success(text)
        }
    }

    /// The same text, which none of `values` had before.
    func unique(in values: UniqueValues) -> Form {
        checked { text, cursor in
            values.claim(text, line: cursor.place.line).map { line in
                Problem("stands here twice, first in line \(line)", "give each its own")
            }
        }
    }
}

extension Form where Value: RawRepresentable<String> & CaseIterable {
    /// One of a few words.
    static func choice(_ noun: String) -> Form {
        word(noun, Value.allCases.map { ($0.rawValue, $0) })
    }
}

extension Form {
    /// One of a few words, each with its meaning.
    static func word(_ noun: String, _ meanings: [(word: String, value: Value)]) -> Form {
        let words = meanings.map(\.word)
        return scalar("\(noun): \(words.joined(separator: ", "))") { text in
            if let found = meanings.first(where: { $0.word == text }) {
                return .success(found.value)
            }
            let close = closest(to: text, among: words).map { "did you mean \($0)?" }
            return .failure(
                Problem("is not \(noun)", close ?? "write \(words.joined(separator: ", "))")
            )
        }
    }
}
