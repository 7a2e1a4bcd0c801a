/// Something that happens to a camera's picture or stream and changes nothing of what goes on in
/// front of it.
///
/// `docs/robustness.md` says of each what it does exactly.
public enum Disturbance: String, CaseIterable, Sendable, Codable {
    /// Gain rises to one and a half within four seconds.
    case gain
    /// Gamma changes to 0.7 from one picture to the next.
    case gamma
    /// The camera switches to infra-red light within a second.
    case infrared
    /// The camera shakes by up to three pixels of the analysis picture.
    case shake
    /// Gaussian noise of six levels.
    case noise
    /// The shadow of something outside the picture falls into a zone and stays.
    case shadow
    /// A passer-by stands in front of the object for 30 seconds.
    case occlusion
    /// Ten seconds of pictures are lost.
    case gap
    /// The stream has a quarter of its bit rate.
    case recoding
    /// Every second picture is missing.
    case halfRate = "half-rate"
    /// Time runs backwards: arrivals leave, and leaving is arriving.
    case reversal

    /// What the table calls it.
    public var title: String {
        switch self {
        case .gain: "gain ramp to ×1.5"
        case .gamma: "gamma 0.7"
        case .infrared: "infra-red switch"
        case .shake: "shake of ±3 pixels"
        case .noise: "noise, sigma 6"
        case .shadow: "hard cast shadow"
        case .occlusion: "30 s behind a passer-by"
        case .gap: "10 s of frames lost"
        case .recoding: "H.264 at a quarter of the bit rate"
        case .halfRate: "half the frame rate"
        case .reversal: "time reversed"
        }
    }
}
