internal import Imaging
internal import Scene

/// What is known of an object when it is classified.
struct ClassificationSubject {
    /// Its box in pixels of the analysis picture.
    var box: PixelBox
    /// Columns and rows of the analysis picture.
    var pictureWidth: Int
    var pictureHeight: Int
    /// Whether it stands.
    var isStatic: Bool
    /// Speed in body heights a second, 0 for what stands.
    var bodyLengthsPerSecond: Double
    /// Height of a person who stands there, in rows of the analysis picture, where it is known.
    var personHeight: Double?

    /// Whether the box ends at the picture's left or right edge, so that it may be wider.
    var isCutAside: Bool {
        box.x <= 1 || box.maxX >= pictureWidth - 1
    }

    /// Whether the box ends at the picture's upper or lower edge, so that it may be taller.
    var isCutAbove: Bool {
        box.y <= 1 || box.maxY >= pictureHeight - 1
    }
}

/// Tells what an object is; the learned stage takes this place.
protocol ObjectClassifier: Sendable {
    /// The likeliest class of an object.
    func classify(_ subject: ClassificationSubject) -> Classification
}

/// Tells classes from shape and motion alone: people stand upright, vehicles lie.
struct ShapeClassifier: ObjectClassifier {
    /// Least height of a person in rows of the analysis picture.
    var minimumPersonHeight: Int
    /// Height over width from which something is taken for a person.
    static let uprightAspect = 1.9

    func classify(_ subject: ClassificationSubject) -> Classification {
        let aspect = Double(subject.box.height) / Double(max(1, subject.box.width))
        let share =
            Double(subject.box.area)
            / Double(max(1, subject.pictureWidth * subject.pictureHeight))
        if !subject.isStatic && subject.box.height < minimumPersonHeight {
            return Classification(.animal, confidence: 0.4)
        }
        if aspect >= Self.uprightAspect && !subject.isCutAside && isTooTall(subject) {
            return Classification(.unknown, confidence: 0.5)
        }
        if aspect >= Self.uprightAspect && !subject.isCutAside {
            return Classification(.person, confidence: min(0.9, 0.4 + 0.2 * aspect))
        }
        if subject.isStatic || subject.isCutAside || subject.isCutAbove {
            return Classification(.unknown, confidence: 0.5)
        }
        if aspect <= 0.8 && share >= 0.002 { return Classification(.vehicle, confidence: 0.6) }
        if aspect <= 0.7 { return Classification(.animal, confidence: 0.5) }
        return Classification(.unknown, confidence: 0.5)
    }

    /// Whether it is far taller than a person there: things in file that look like one, a mast.
    private func isTooTall(_ subject: ClassificationSubject) -> Bool {
        guard let height = subject.personHeight else { return false }
        return Double(subject.box.height) > 1.8 * height
    }
}

/// Class votes gathered over time; the later weigh more.
struct ClassVotes: Hashable, Codable {
    private var weights = [Double](repeating: 0, count: ObjectClass.allCases.count)
    private(set) var last: MediaTime?

    /// After that long a vote weighs half.
    private static let fading = 10.0

    /// Adds one look.
    mutating func add(_ classification: Classification, at time: MediaTime) {
        guard let index = ObjectClass.allCases.firstIndex(of: classification.objectClass) else {
            return
        }
        if let last, time > last {
            let rest = Self.fading / (Self.fading + (time - last).seconds)
            for index in weights.indices { weights[index] *= rest }
        }
        last = max(time, last ?? time)
        weights[index] += classification.confidence
    }

    /// Every class with weight and its share of all, the largest first.
    var shares: [Classification] {
        let total = weights.reduce(0, +)
        guard total > 0 else { return [] }
        return zip(ObjectClass.allCases, weights)
            .filter { $0.1 > 0 }
            .sorted { $0.1 > $1.1 }
            .map { Classification($0.0, confidence: $0.1 / total) }
    }

    /// The class with most weight and its share of all.
    var leader: Classification {
        var (best, total) = (0, 0.0)
        for (index, weight) in weights.enumerated() {
            total += weight
            if weight > weights[best] { best = index }
        }
        guard total > 0 else { return Classification(.unknown, confidence: 0) }
        return Classification(ObjectClass.allCases[best], confidence: weights[best] / total)
    }
}
