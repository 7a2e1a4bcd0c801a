public import Imaging
public import Scene

/// An object to be looked at: the full picture, and the background as it was learned.
///
/// Valid only inside the call it is lent to.
public struct CropView {
    /// The full picture.
    public let picture: PictureView
    /// Where the object is in it, in shares of the picture.
    public let box: NormalizedBox
    /// The learned background, of any size, and what maps present levels to its levels.
    let background: (view: PictureView, tone: [UInt8]?)
    /// What the project's own model sees: in the picture, and in the background.
    let regions: (present: PictureRegion, learned: PictureRegion)

    /// The object at the size of the project's own model, the background behind it.
    public var patch: CropPatch {
        CropPatch(
            now: picture,
            at: regions.present,
            tone: background.tone,
            behind: background.view,
            at: regions.learned
        )
    }
}

/// What a network makes of one crop.
public struct Look: Hashable, Sendable {
    /// What the object is taken for.
    public var scores: LearnedScores
    /// What the network saw in it, before it decided; empty where it does not tell.
    public var embedding: [Float]

    /// Scores, with an embedding where there is one.
    public init(scores: LearnedScores, embedding: [Float] = []) {
        self.scores = scores
        self.embedding = embedding
    }
}

/// A network that tells what a crop shows.
///
/// It belongs to one detector, which asks it one thing at a time: it may keep memory between calls,
/// but nothing that changes what it says.
public protocol CropScorer: AnyObject, Sendable {
    /// Names the network and its weights alone.
    var modelName: String { get }
    /// The site's own experience with what it says; nil where there is none.
    var siteLayer: SiteLayer? { get }

    /// Looks at an object.
    func look(at view: CropView) -> Look

    /// Finds things in a part of a picture.
    ///
    /// - Parameters:
    ///   - picture: the full picture.
    ///   - part: a part of it, in shares.
    /// - Returns: boxes in shares of the picture, one for each thing, the surest first; nil where
    ///   the network finds no boxes.
    func find(
        in picture: PictureView,
        part: NormalizedBox
    ) -> [(box: NormalizedBox, scores: LearnedScores)]?
}

extension CropScorer {
    /// Names the network and its weights, the site's layer included: others may judge otherwise.
    var identity: String { siteLayer.map { "\(modelName)+\($0.number)" } ?? modelName }
}
