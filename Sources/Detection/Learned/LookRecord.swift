internal import Scene

/// What the learned stage has seen of one object.
struct LookRecord: Hashable, Codable {
    var id: ObjectID
    /// Whether the object stood.
    var isStatic: Bool
    /// When it was looked at last, and how often in all.
    private(set) var lastLook: MediaTime?
    private(set) var count = 0
    /// The latest looks.
    private var recent: [LearnedScores] = []
    /// The middle of the latest looks; nil while there are too few.
    private(set) var verdict: LearnedScores?
    /// What it was like at the latest look, and how likely an alert about it is confirmed by that.
    private(set) var features: ObjectFeatures?
    private(set) var acceptance: Double?

    /// Looks that the verdict is made of, and so many at least that it counts.
    static let most = 5
    static let least = 2
    /// Pauses between looks: until there are enough, and from then on.
    private static let pause = (first: MediaSpan.seconds(0.4), later: MediaSpan.seconds(10))
    /// The same for what moves, which changes.
    private static let movingPause = (first: MediaSpan.seconds(0.25), later: MediaSpan.seconds(2))

    init(id: ObjectID, isStatic: Bool) {
        self.id = id
        self.isStatic = isStatic
    }

    /// Whether it is to be looked at again.
    func isDue(at time: MediaTime) -> Bool {
        guard let lastLook else { return true }
        let pause = isStatic ? Self.pause : Self.movingPause
        return time - lastLook >= (count < Self.most ? pause.first : pause.later)
    }

    /// Takes note of what the object is like.
    mutating func note(_ features: ObjectFeatures, acceptance: Double?) {
        self.features = features
        self.acceptance = acceptance
    }

    /// Takes in a look.
    mutating func add(_ scores: LearnedScores, at time: MediaTime) {
        lastLook = time
        count += 1
        recent.append(scores)
        if recent.count > Self.most { recent.removeFirst() }
        if recent.count >= Self.least { verdict = LearnedScores(medianOf: recent) }
    }
}
