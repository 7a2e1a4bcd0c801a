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
    /// The object at the size of the project's own model, the background behind it.
    public let patch: CropPatch
}

/// A network that tells what a crop shows.
///
/// It belongs to one detector, which asks it one thing at a time: it may keep memory between calls,
/// but nothing that changes what it says.
public protocol CropScorer: AnyObject, Sendable {
    /// Names the network and its weights: others may judge otherwise.
    var identity: String { get }

    /// What an object is taken for.
    func scores(of view: CropView) -> LearnedScores
}
