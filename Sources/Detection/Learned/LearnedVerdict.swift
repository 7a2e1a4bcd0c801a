internal import Scene

/// How the verdict of the learned stage and that of shape and motion make one.
enum LearnedVerdict {
    /// From this share on the learned stage names an object.
    static let naming = 0.7
    /// From this share on what arrived as a person is named otherwise, and anything is named a mere
    /// thing or a two-wheeler.
    ///
    /// Networks know these the least: they take half hidden cars for things, which parking rules
    /// pass over, and people side by side for two-wheelers; so nothing that walked in becomes a
    /// two-wheeler at all.
    static let overruling = 0.85
    /// From this share on an object is taken for light or for a ghost.
    static let unreal = 0.85
    /// Confidence of what is taken for light or for a ghost.
    static let doubt = 0.2

    /// The class of an object.
    ///
    /// - Parameters:
    ///   - shape: what shape and motion make of it.
    ///   - arrived: what it was surely taken for while it moved.
    ///   - size: its height and width over the height of a person who stood there; nil where that
    ///     is not known.
    ///   - scores: what the learned stage makes of it, nil where it has not looked.
    /// - Returns: the learned class where that is clear and the object has the size for it, else
    ///   that of shape and motion.
    static func classification(
        _ shape: Classification,
        arrivedAs arrived: ObjectClass?,
        size: (height: Double, width: Double)?,
        _ scores: LearnedScores?
    ) -> Classification {
        guard let scores, let named = scores.leader.objectClass, named.mayHave(size) else {
            return shape
        }
        let share = scores[scores.leader]
        let isContrary = arrived == .person && named != .person
        let isWeak = named == .object || named == .twoWheeler
        guard share >= (isContrary || isWeak ? overruling : naming) else { return shape }
        guard !isContrary || named != .twoWheeler else { return shape }
        return Classification(named, confidence: share)
    }

    /// How sure it is that an object is real, and worth telling by the site's own experience.
    static func confidence(
        _ confidence: Double,
        _ scores: LearnedScores?,
        acceptance: Double? = nil
    ) -> Double {
        let isUnreal = scores.map { $0.unreal >= unreal } ?? false
        let isRejected = acceptance.map { $0 < SiteLayer.leastAcceptance } ?? false
        return isUnreal || isRejected ? min(confidence, doubt) : confidence
    }
}

extension LearnedScores.Kind {
    /// The class that a kind stands for; nil for what is no thing.
    var objectClass: ObjectClass? {
        switch self {
        case .person: .person
        case .vehicle: .vehicle
        case .twoWheeler: .twoWheeler
        case .object: .object
        case .animal: .animal
        case .boat: .boat
        case .light, .ghost: nil
        }
    }
}

extension ObjectClass {
    /// Whether such a thing may have a size, in heights of a person: a crop does not tell how large
    /// it is, and sacks look like a small car.
    fileprivate func mayHave(_ size: (height: Double, width: Double)?) -> Bool {
        guard let size else { return true }
        return switch self {
        // Half as high as a person, or as long: a car that is cut off or half hidden.
        case .vehicle: size.height >= 0.5 || size.width >= 1.2
        case .person: size.height >= 0.3 && size.height <= 2
        default: true
        }
    }
}
