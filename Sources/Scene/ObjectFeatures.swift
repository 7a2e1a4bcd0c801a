/// Figures of an object that a site's own experience is learned from: what shape and rest say of
/// it, and what the network makes of it.
///
/// In hundredths, so that they are the same on every machine.
public struct ObjectFeatures: Hashable, Sendable, Codable {
    /// Version of what the figures mean; those of another version say nothing.
    public static let version = 1

    /// The version that these are of.
    public var version: Int
    /// Names the network that some of them come from.
    public var model: String
    /// The figures, in hundredths.
    public var hundredths: [Int]

    /// Features of an object, rounded; what is not finite counts as 0.
    public init(model: String, values: [Double]) {
        version = Self.version
        self.model = model
        hundredths = values.map { value in
            value.isFinite ? Int((min(1000, max(-1000, value)) * 100).rounded()) : 0
        }
    }

    /// The figures.
    public var values: [Double] { hundredths.map { Double($0) / 100 } }
}
