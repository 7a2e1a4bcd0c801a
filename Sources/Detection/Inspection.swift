public import Imaging
public import Scene

/// What the detector made of its last picture, for people to look at.
public struct Inspection: Sendable {
    /// One verification of a static blob.
    public struct Finding: Hashable, Sendable {
        /// When it was made.
        public var time: MediaTime
        /// Where, in pixels of the analysis picture.
        public var box: PixelBox
        /// Number of the object.
        public var id: ObjectID
        /// What was measured and concluded, in words and numbers.
        public var summary: String
    }

    /// The analysis picture with exposure normalised.
    public var luma: Plane
    /// The learned background.
    public var background: Plane
    /// 255 where the picture differs from the background.
    public var changed: Plane
    /// 255 where something has settled.
    public var settled: Plane
    /// Boxes of static objects, confirmed or not, in pixels of the analysis picture.
    public var staticBoxes: [PixelBox]
    /// Boxes of tracks.
    public var movingBoxes: [PixelBox]
    /// Verifications of the last step.
    public var findings: [Finding]
}
