internal import Scene

/// Tells from the measures of successive pictures what is wrong with a camera.
///
/// A sign must last before it becomes a fault, and be gone for three seconds before the fault ends.
/// While there is any sign at all, a picture teaches nothing.
struct PictureHealth: Hashable, Codable {
    /// A sign of a fault, from its first picture on.
    struct Sign: Hashable, Codable {
        var fault: CameraFault
        var since: MediaTime
        var lastSeen: MediaTime
        var isFault = false
    }

    /// Signs in order of their faults.
    private(set) var signs: [Sign] = []
    /// What sharpness (gradient over deviation) and gradient are like while all is well.
    private var sharpness = 0.0
    private var gradient = 0.0
    /// How much pictures of a sound camera differ, in levels.
    private var liveliness = 0.0
    private var age = 0.0

    /// How long a fault must be gone.
    private static let relief = MediaSpan.seconds(3)
    /// Seconds over which the usual is learned.
    private static let memory = 120.0

    /// How long a sign must last.
    static func patience(_ fault: CameraFault) -> MediaSpan {
        switch fault {
        case .black, .blocked: .seconds(5)
        case .torn: .seconds(2)
        case .frozen, .blurred, .moved: .seconds(10)
        case .tooDark, .tooWet, .tooFar, .waterline: SightWatch.patience(fault)
        }
    }

    /// Faults that have lasted, in order.
    var faults: [ActiveFault] {
        signs.filter(\.isFault).map { ActiveFault($0.fault, since: $0.since) }
    }

    /// Whether the last picture shows a sign under which nothing can be told.
    private(set) var isUnusable = false

    /// Takes in one picture's measures.
    ///
    /// - Parameters:
    ///   - measures: what the picture is like.
    ///   - agreement: share of the background's anchors that were recognised.
    ///   - seconds: time since the picture before.
    ///   - time: the picture's time.
    mutating func step(
        _ measures: PictureMeasures,
        agreement: Double,
        seconds: Double,
        at time: MediaTime
    ) {
        let seen = sign(measures, agreement)
        let frozen = isFrozen(measures) ? CameraFault.frozen : nil
        for fault in [frozen, seen].compactMap(\.self) {
            if let index = signs.firstIndex(where: { $0.fault == fault }) {
                signs[index].lastSeen = time
                if time - signs[index].since >= Self.patience(fault) { signs[index].isFault = true }
            } else {
                signs.append(Sign(fault: fault, since: time, lastSeen: time))
            }
        }
        signs.removeAll { sign in
            let gone = time - sign.lastSeen
            return sign.isFault ? gone >= Self.relief : gone > .seconds(1)
        }
        signs.sort { $0.fault < $1.fault }
        let isFrozenForLong = signs.contains { $0.fault == .frozen && $0.isFault }
        isUnusable = seen != nil || isFrozenForLong
        if seen == nil && frozen == nil { learn(measures, seconds: seconds) }
    }

    /// Forgets what was usual, because the view is a new one.
    mutating func reset() {
        self = PictureHealth()
    }

    /// Whether a picture shows something else than the view that is known.
    func isOtherView(_ measures: PictureMeasures, agreement: Double) -> Bool {
        switch sign(measures, agreement) {
        case .black, .blocked, .moved: true
        case .frozen, .torn, .blurred, nil: false
        case .tooDark, .tooWet, .tooFar, .waterline: false
        }
    }

    /// The sign that a single picture shows, the plainest first.
    private func sign(_ measures: PictureMeasures, _ agreement: Double) -> CameraFault? {
        if measures.isBlack { return .black }
        guard age >= 2 else { return nil }
        if measures.torn >= 0.12 && measures.torn < 0.8 && agreement >= 0.3 { return .torn }
        guard agreement < 0.3 else { return nil }
        let relative = measures.gradient / max(0.1, measures.deviation)
        if measures.likeness >= 0.7 { return relative < sharpness * 0.5 ? .blurred : nil }
        if measures.gradient < gradient * 0.4 { return .blocked }
        return measures.likeness < 0.4 ? .moved : nil
    }

    /// Whether the picture is the one before, to the last bit of the noise that it used to have.
    private func isFrozen(_ measures: PictureMeasures) -> Bool {
        liveliness >= 0.15 && measures.motion == 0
    }

    private mutating func learn(_ measures: PictureMeasures, seconds: Double) {
        age += seconds
        let weight = min(1, max(seconds / Self.memory, seconds / max(seconds, age)))
        let relative = measures.gradient / max(0.1, measures.deviation)
        sharpness += (relative - sharpness) * weight
        gradient += (measures.gradient - gradient) * weight
        liveliness += (min(measures.motion, 2) - liveliness) * weight
    }
}
