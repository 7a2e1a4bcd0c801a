/// What the learned stage takes an object for, one share for each kind of thing it knows.
public struct LearnedScores: Hashable, Sendable, Codable {
    /// What the learned stage tells apart.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// A person.
        case person
        /// A car, van, lorry or bus.
        case vehicle
        /// A bicycle, motorcycle, moped or tricycle.
        case twoWheeler = "two_wheeler"
        /// Another thing: goods, a stall, rubbish.
        case object
        /// An animal.
        case animal
        /// A boat or another thing that floats.
        case boat
        /// Light, a shadow, a reflection, or noise.
        case light
        /// A place that something has left.
        case ghost
    }

    /// In hundredths, in the order of the kinds, so that the same decides on every machine.
    private var hundredths: [Int]

    /// Scores from shares of 0 to 1, rounded; kinds that are not given have none.
    public init(_ shares: [Kind: Float]) {
        hundredths = Kind.allCases.map { kind in
            Int((min(1, max(0, shares[kind] ?? 0)) * 100).rounded())
        }
    }

    /// The middle score of each kind over several looks; nothing where there are none.
    init(medianOf looks: [LearnedScores]) {
        hundredths = Kind.allCases.indices.map { index in
            let values = looks.map { $0.hundredths[index] }.sorted()
            return values.isEmpty ? 0 : values[values.count / 2]
        }
    }

    /// The share of a kind, 0 to 1 in hundredths.
    public subscript(kind: Kind) -> Double {
        guard let index = Kind.allCases.firstIndex(of: kind) else { return 0 }
        return Double(hundredths[index]) / 100
    }

    /// The share that is no real thing.
    public var unreal: Double { min(1, self[.light] + self[.ghost]) }

    /// The share of the likeliest kind.
    var highest: Double { self[leader] }

    /// The likeliest kind.
    public var leader: Kind {
        Kind.allCases.max { self[$0] < self[$1] } ?? .object
    }
}
