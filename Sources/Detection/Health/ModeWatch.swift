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

    /// Pictures in a row that a sign must show.
    private static let enough = 2
    /// The same for a change of light where the view cannot be recognised by its texture: something
    /// large that passes close by looks like that for a while.
    private static let enoughUnrecognised = 12
    /// After a re-base, none for so long.
    private static let lockOut = MediaSpan.seconds(8)
    /// Below that distance from grey, a picture has no colour.
    private static let grey = 1.5

    init(colour: Double) {
        mode = colour < Self.grey ? .infrared : .colour
        usual = colour
    }

    /// Takes in one picture.
    ///
    /// - Parameters:
    ///   - measures: what it is like as a whole.
    ///   - changed: share of the picture that differs from the background.
    ///   - isRecognised: whether the view is known to be the background's by its texture.
    ///   - seconds: time since the picture before.
    ///   - time: the picture's time.
    /// - Returns: the mode to learn the background anew in; nil while all is as it was.
    mutating func step(
        _ measures: PictureMeasures,
        changed: Double,
        isRecognised: Bool,
        seconds: Double,
        at time: MediaTime
    ) -> PictureMode? {
        let other = otherMode(measures)
        switching = other == nil ? 0 : switching + 1
        if changed <= 0.5 {
            relit = 0
        } else if isRecognised || measures.motion < PictureMeasures.calm {
            relit += 1
        }
        if other == nil { usual += (measures.colour - usual) * min(1, seconds / 60) }
        if switching >= Self.enough, let other {
            mode = other
            usual = measures.colour
            return start(at: time)
        }
        guard relit >= (isRecognised ? Self.enough : Self.enoughUnrecognised) else { return nil }
        if let lastAt, time - lastAt < Self.lockOut { return nil }
        return start(at: time)
    }

    /// Takes the colour after a re-base for usual.
    mutating func settle(colour: Double) {
        usual = colour
    }

    private func otherMode(_ measures: PictureMeasures) -> PictureMode? {
        // Something large may bring or hide colour in a part of the picture; a switch is everywhere.
        switch mode {
        case .colour:
            usual >= 2 * Self.grey && measures.colour < usual * 0.4
                && measures.brightestColour < 2 * Self.grey ? .infrared : nil
        case .infrared:
            measures.colour > max(2 * Self.grey, usual * 2.5)
                && measures.medianColour > max(Self.grey, usual * 2) ? .colour : nil
        }
    }

    private mutating func start(at time: MediaTime) -> PictureMode {
        switching = 0
        relit = 0
        lastAt = time
        return mode
    }
}
