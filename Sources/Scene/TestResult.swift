/// One test that was made of something, with what was measured and what was demanded.
public struct TestResult: Hashable, Sendable {
    /// Names the test for programs: `snake_case`, and the same in every run.
    public var name: String
    /// Names it for people.
    public var label: String
    /// Whether it held.
    public var isHeld: Bool
    /// What was measured, in words and numbers.
    public var measured: String
    /// What was demanded, in words and numbers.
    public var demanded: String
    /// The measured number, where it is one, rounded to a thousandth.
    public var value: Double?
    /// The number that it was held against, where there is one.
    public var limit: Double?

    /// A test of something that is no single number.
    public init(
        _ name: String,
        _ label: String,
        isHeld: Bool,
        measured: String,
        demanded: String
    ) {
        self.name = name
        self.label = label
        self.isHeld = isHeld
        self.measured = measured
        self.demanded = demanded
    }

    /// A test that a number is not below a limit.
    public static func atLeast(
        _ name: String,
        _ label: String,
        _ value: Double,
        _ limit: Double,
        unit: String = ""
    ) -> TestResult {
        TestResult(name, label, "at least", value, limit, unit, isHeld: value >= limit)
    }

    /// A test that a number is not above a limit.
    public static func atMost(
        _ name: String,
        _ label: String,
        _ value: Double,
        _ limit: Double,
        unit: String = ""
    ) -> TestResult {
        TestResult(name, label, "at most", value, limit, unit, isHeld: value <= limit)
    }

    /// A test that a number is above a limit.
    public static func above(
        _ name: String,
        _ label: String,
        _ value: Double,
        _ limit: Double,
        unit: String = ""
    ) -> TestResult {
        TestResult(name, label, "more than", value, limit, unit, isHeld: value > limit)
    }

    private init(
        _ name: String,
        _ label: String,
        _ relation: String,
        _ value: Double,
        _ limit: Double,
        _ unit: String,
        isHeld: Bool
    ) {
        self.init(
            name,
            label,
            isHeld: isHeld,
            measured: "\(Self.plain(value))\(unit)",
            demanded: "\(relation) \(Self.plain(limit))\(unit)"
        )
        self = with(value: value, limit: limit)
    }

    /// The same test with its number and that which it was held against.
    public func with(value: Double, limit: Double) -> TestResult {
        var test = self
        test.value = (value * 1000).rounded() / 1000
        test.limit = (limit * 1000).rounded() / 1000
        return test
    }

    /// A number with three places at most, and none that are zeros at its end.
    public static func plain(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
        let rounded = (value * 1000).rounded() / 1000
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}

extension TestResult: Codable {
    private enum CodingKeys: String, CodingKey {
        case name
        case label
        case isHeld = "held"
        case measured
        case demanded
        case value
        case limit
    }
}
