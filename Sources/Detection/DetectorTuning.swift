public import Scene

/// The detector's constants: one set for every camera, scene and clip.
///
/// Luma differences are in levels of 0 to 255 after exposure has been normalised. Values were tuned
/// with `patrol tune evaluate` on the real clips as a whole, never for one of them.
public struct DetectorTuning: Hashable, Sendable, Codable {
    /// Columns of the analysis picture at most.
    public var analysisWidth = 480
    /// Smallest luma difference from the background that counts as change.
    public var lumaThreshold = 12
    /// Smallest chroma difference from the background that counts as change.
    public var chromaThreshold = 11
    /// Largest luma step from frame to frame that still counts as quiet.
    public var quietThreshold = 7
    /// How long a pixel must be quiet before its value enters the static layer.
    public var settleTime = MediaSpan.seconds(0.7)
    /// How long a pixel must show the background before the static layer lets go of it.
    public var releaseTime = MediaSpan.seconds(0.6)
    /// Time constant of the background.
    public var backgroundTime = MediaSpan.seconds(20)
    /// Age at which a static blob becomes a candidate.
    public var candidateAge = MediaSpan.seconds(1.4)
    /// Age at which a candidate is verified and may be reported.
    public var confirmAge = MediaSpan.seconds(2.4)
    /// Pause between two looks at a blob that is not confirmed.
    public var verifyPause = MediaSpan.seconds(0.8)
    /// Age at which a blob of unclear nature that stood untouched is taken for an object.
    public var unclearAge = MediaSpan.seconds(8)
    /// Smallest static blob, in pixels of a 480 by 270 picture.
    public var minimumStaticArea = 90
    /// Smallest moving blob, in pixels of a 480 by 270 picture.
    public var minimumMovingArea = 40
    /// Least height of a person, in rows of the analysis picture; smaller things that move are not
    /// told apart.
    public var minimumPersonHeight = 14
    /// How long an object may be hidden before it is given up.
    public var occlusionTolerance = MediaSpan.seconds(300)
    /// Change older than this that never became an object is taken into the background.
    public var healTime = MediaSpan.seconds(45)

    /// The tuned set.
    public init() {}
}
