internal import Scene

/// How the camera sees: in colour by day, in grey under its infra-red light.
enum PictureMode: String, Codable, CaseIterable {
    case colour
    case infrared
}

/// Notices switches between day and infra-red mode, and changes of light that no tone curve undoes.
struct ModeWatch: Hashable, Codable {
    /// The present mode.
    private(set) var mode: PictureMode
    /// Distance of chroma from grey that is usual in this mode, in levels.
    private var usual: Double
    /// For how many pictures in a row a switch, and a change of light, has shown.
    private var switching = 0
    private var relit = 0
    private var lastAt: MediaTime?
    /// The last pictures, for about a second.
    private var recent: [Glance] = []

    /// A picture of the last second.
    private struct Glance: Hashable, Codable {
        var time: MediaTime
        @PackedBytes var tiles: [UInt8]
        var changed: Double
    }

    /// Pictures in a row that a sign must show.
    private static let enough = 2
    /// The same for a change of light where the view cannot be recognised by its texture: something
    /// large that passes close by looks like that for a while.
    private static let enoughUnrecognised = 12
    /// After a re-base, none for so long.
    private static let lockOut = MediaSpan.seconds(8)
    /// Below that distance from grey, a picture has no colour.
    private static let grey = 1.5
    /// Share of the picture that may differ before the light is taken for a new one.
    static let mostChanged = 0.5

    init(colour: Double) {
        mode = colour < Self.grey ? .infrared : .colour
        usual = colour
    }

    /// Takes in one picture.
    ///
    /// - Parameters:
    ///   - measures: what it is like as a whole.
    ///   - changed: share of the picture that differs from the background.
    ///   - isOtherView: whether it shows something else than the known view, which no light does.
    ///   - isRecognised: whether the view is known to be the background's by its texture.
    ///   - seconds: time since the picture before.
    ///   - time: the picture's time.
    /// - Returns: what seems to have happened, to be waited out; nil while all is as it was.
    mutating func step(
        _ measures: PictureMeasures,
        changed: Double,
        isOtherView: Bool,
        isRecognised: Bool,
        seconds: Double,
        at time: MediaTime
    ) -> Switch? {
        let other = otherMode(measures)
        switching = other == nil ? 0 : switching + 1
        if isOtherView { recent.removeAll() }
        let before = isOtherView ? nil : changedBeforeJump(measures, changed, at: time)
        if changed <= Self.mostChanged {
            relit = 0
        } else if isRecognised || measures.motion < PictureMeasures.calm {
            relit += 1
        }
        if other == nil { usual += (measures.colour - usual) * min(1, seconds / 60) }
        if switching >= Self.enough, let other { return start(.mode(other), at: time) }
        if let lastAt, time - lastAt < Self.lockOut { return nil }
        if let before { return start(.light(changedBefore: before), at: time) }
        guard relit >= (isRecognised ? Self.enough : Self.enoughUnrecognised) else { return nil }
        return start(.light(changedBefore: 0), at: time)
    }

    /// What it was, once the picture is steady again.
    ///
    /// - Parameters:
    ///   - kind: what it seemed to be.
    ///   - measures: what the picture is like now.
    ///   - changed: share of the picture that differs from the background.
    /// - Returns: the mode to learn the background anew in; nil where the tone curve has undone the
    ///   change, or it was over soon.
    mutating func decide(
        _ kind: Switch,
        _ measures: PictureMeasures,
        changed: Double
    ) -> PictureMode? {
        recent.removeAll()
        if let other = otherMode(measures) {
            mode = other
        } else if case .light(let before) = kind, changed < before + Self.leastChange {
            return nil
        }
        usual = measures.colour
        return mode
    }

    /// What seems to have happened to the light.
    enum Switch: Hashable, Codable {
        /// The camera went over to another mode.
        case mode(PictureMode)
        /// Something else lights the scene; before, that share of the picture differed.
        case light(changedBefore: Double)
    }

    /// How much more of the picture must differ for a change of light to count.
    private static let leastChange = 0.08

    /// Whether the light has changed nearly everywhere within a second; what share of the picture
    /// differed before it did.
    private mutating func changedBeforeJump(
        _ measures: PictureMeasures,
        _ changed: Double,
        at time: MediaTime
    ) -> Double? {
        recent.removeAll { time - $0.time > .seconds(1.3) }
        let glance = recent.first { glance in
            guard glance.tiles.count == measures.tiles.count else { return false }
            let jumps = zip(glance.tiles, measures.tiles).count { abs(Int($0) - Int($1)) > 8 }
            return jumps * 4 >= measures.tiles.count * 3
        }
        recent.append(Glance(time: time, tiles: measures.tiles, changed: changed))
        return glance?.changed
    }

    private func otherMode(_ measures: PictureMeasures) -> PictureMode? {
        // Darkness has no colour, and is no mode.
        guard !measures.isBlack else { return nil }
        // Something large may bring or hide colour in a part of a picture; a switch is everywhere.
        return switch mode {
        case .colour:
            usual >= 2 * Self.grey && measures.colour < usual * 0.4
                && measures.brightestColour < 2 * Self.grey ? .infrared : nil
        case .infrared:
            measures.colour > max(2 * Self.grey, usual * 2.5)
                && measures.medianColour > max(Self.grey, usual * 2) ? .colour : nil
        }
    }

    private mutating func start(_ kind: Switch, at time: MediaTime) -> Switch {
        switching = 0
        relit = 0
        lastAt = time
        return kind
    }
}
