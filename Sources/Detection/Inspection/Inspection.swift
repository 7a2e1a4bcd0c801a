public import Imaging
public import Scene

/// What the detector made of its last picture, for people to look at.
///
/// Boxes and points are in pixels of the analysis picture.
public struct Inspection: Sendable {
    /// The part of the frame that the analysis picture is of: all of it, or a zone's window.
    public var view: NormalizedBox
    /// Time of the picture.
    public var time: MediaTime
    /// The analysis picture with exposure normalised.
    public var luma: Plane
    /// The learned background.
    public var background: Plane
    /// The learned chroma, at half the columns and rows.
    public var backgroundBlue: Plane
    /// The other half of it.
    public var backgroundRed: Plane
    /// 255 where the picture differs from the background.
    public var changed: Plane
    /// 255 where something has settled.
    public var settled: Plane
    /// The picture as a whole.
    public var picture: PictureFigures
    /// Static objects, confirmed or not, in the order of the registry.
    public var standing: [Standing]
    /// Tracks.
    public var moving: [Moving]
    /// Verifications of the last step.
    public var findings: [Finding]
    /// Static objects that were given up in the last step, but for those that verification healed.
    public var departures: [Departure]

    /// Boxes of static objects, confirmed or not.
    public var staticBoxes: [PixelBox] { standing.map(\.box) }
}

extension Inspection {
    /// The picture as a whole: whether anything can be told from it.
    public struct PictureFigures: Hashable, Sendable {
        /// A sign that something is wrong with the camera.
        public struct Sign: Hashable, Sendable {
            /// What seems to be wrong.
            public var fault: CameraFault
            /// Since when.
            public var since: MediaTime
            /// How long a sign must last before it is a fault.
            public var patience: MediaSpan
            /// Whether it has.
            public var isFault: Bool
        }

        /// Whether nothing is decided or learned now.
        public var isBlind: Bool
        /// `colour` or `infrared`.
        public var mode: String
        /// Since when a switch of mode or light has been waited out, while it is.
        public var rebaseSince: MediaTime?
        /// Signs of faults.
        public var signs: [Sign]
        /// Whether a sign makes the picture unusable.
        public var isUnusable: Bool
        /// Where the background is found now, relative to its place, in pixels.
        public var shiftX: Int
        /// The same downwards.
        public var shiftY: Int
        /// Share of the background's patches that were recognised, 0 to 1.
        public var agreement: Double
        /// Whether the view has texture enough to be recognised by.
        public var isRecognisable: Bool
        /// Whether exposure differs from that of the background by more than noise.
        public var isToneBent: Bool
        /// Share of the picture that differs from the background, 0 to 1.
        public var changedShare: Double
        /// How long the background has been learned since it began anew.
        public var backgroundAge: MediaSpan
        /// Mean luma in levels.
        public var mean: Double
        /// Standard deviation of luma in levels.
        public var deviation: Double
        /// Mean step between neighbours in levels.
        public var gradient: Double
        /// Mean difference from the picture before in levels.
        public var motion: Double
        /// Mean distance of chroma from grey in levels.
        public var colour: Double
        /// Share of textured tiles that lost their texture, 0 to 1.
        public var torn: Double
        /// Correlation of the coarse picture with the background, -1 to 1.
        public var likeness: Double
        /// What has to hold for anything to be decided.
        public var tests: [TestResult]
    }

    /// One static object of the registry.
    public struct Standing: Hashable, Sendable {
        /// Its number.
        public var id: ObjectID
        /// Where it is.
        public var box: PixelBox
        /// Whether it is a real object, which the rules hear of.
        public var isConfirmed: Bool
        /// When it came to rest.
        public var since: MediaTime
        /// When the registry found it.
        public var found: MediaTime
        /// When it was last seen.
        public var lastSeen: MediaTime
        /// Whether it may have stood there before the view was learned.
        public var presentAtStart: Bool
        /// Whether it is seen now.
        public var isVisible: Bool
        /// Number of its pixels now.
        public var area: Int
        /// Number of its pixels at most.
        public var peakArea: Int
        /// Share of its pixels that look like it, 0 to 1.
        public var matchingShare: Double
        /// Share of its pixels that show the background.
        public var clearShare: Double
        /// Since when its place has mostly shown the background, while it does.
        public var clearSince: MediaTime?
        /// Frames in which it was looked for.
        public var looks: Int
        /// Frames of those in which it was seen.
        public var sightings: Int
        /// How restless its surroundings have been, 0 to 1.
        public var restlessness: Double
        /// How often something passed through its place.
        public var crossings: Int
        /// What it is taken for.
        public var classification: Classification
        /// Where that comes from, in words.
        public var classOrigin: String
        /// How sure it is a real object, 0 to 1.
        public var confidence: Double
        /// When it was last verified.
        public var verifiedAt: MediaTime?
        /// What has to hold for it to be kept and looked at.
        public var tests: [TestResult]
    }

    /// One track.
    public struct Moving: Hashable, Sendable {
        /// Its number.
        public var id: ObjectID
        /// Where it was last measured.
        public var box: PixelBox
        /// When it was first seen.
        public var firstSeen: MediaTime
        /// When it was last seen.
        public var lastSeen: MediaTime
        /// Frames that saw it.
        public var hits: Int
        /// Whether it is seen now.
        public var isVisible: Bool
        /// The class that leads.
        public var classification: Classification
        /// Every class with votes and its share of them, the largest first.
        public var votes: [Classification]
        /// When it was last voted for.
        public var votedAt: MediaTime?
        /// Speed in body lengths a second: of a person there, or else in its own heights.
        public var bodyLengthsPerSecond: Double
        /// Way over distance from its start.
        public var tortuosity: Double
        /// Where its foot was, at most 32 points over its life.
        public var path: [GroundPoint]
        /// Length of its way in body lengths.
        public var pathBodyLengths: Double
        /// The same in metres, where the scale is known.
        public var pathMetres: Double?
        /// Where it may be while it is not seen.
        public var hiding: Hiding?
        /// Who is seen for the group that it is in.
        public var group: ObjectID?
        /// What has to hold for the rules to hear of it.
        public var tests: [TestResult]
    }

    /// One verification of a static blob.
    public struct Finding: Hashable, Sendable {
        /// What it was taken for.
        public enum Verdict: String, Sendable, Codable {
            /// A thing that stands.
            case object
            /// What an object left behind in the background.
            case ghost
            /// Only light.
            case light
            /// Not told.
            case unclear
        }

        /// When it was made.
        public var time: MediaTime
        /// Where.
        public var box: PixelBox
        /// Number of the object.
        public var id: ObjectID
        /// What was measured and concluded, in words and numbers.
        public var summary: String
        /// What it was taken for.
        public var verdict: Verdict
        /// Whether it was confirmed before.
        public var wasConfirmed: Bool
        /// Whether this look confirmed it.
        public var confirms: Bool
        /// What was weighed, each against its limit, in the order of weighing.
        public var tests: [TestResult]
    }

    /// A static object that was given up.
    public struct Departure: Hashable, Sendable {
        /// Why.
        public enum Reason: String, Sendable, Codable {
            /// Too little of it was left.
            case shrunk
            /// Its place showed the background again.
            case left
            /// Things passed through its place that it would have stopped.
            case crossed
            /// It was hidden for too long.
            case hiddenTooLong
        }

        /// Number of the object.
        public var id: ObjectID
        /// Why it was given up.
        public var reason: Reason
    }

    /// A few pixels around a point.
    public struct Patch: Hashable, Sendable {
        /// The pixels.
        public var box: PixelBox
        /// Mean level now, exposure normalised.
        public var level: Double
        /// Mean level as the camera gave it.
        public var seenLevel: Double
        /// Mean level of the background.
        public var backgroundLevel: Double
        /// Mean noise of the background, in levels.
        public var noise: Double
        /// Number of pixels that differ from the background, in luma or chroma.
        public var changed: Int
        /// Number of pixels whose texture or strong chroma differs.
        public var supported: Int
        /// Number of pixels where something has settled.
        public var settled: Int
        /// Number of pixels whose settled value is seen now.
        public var settledSeen: Int
        /// Number of pixels that a known object covers.
        public var covered: Int
        /// Since when the middle pixel has been quiet.
        public var quietSince: MediaTime
        /// Since when the middle pixel has differed from the background, while it does.
        public var changedSince: MediaTime?
        /// When what has settled on the middle pixel came to rest.
        public var settledSince: MediaTime?
        /// What has to hold for something to settle, of most pixels.
        public var tests: [TestResult]
    }
}
