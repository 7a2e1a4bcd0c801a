/// Which network looks at what the detector finds.
public enum ModelChoice: Hashable, Sendable {
    /// None: classes come from shape and motion alone.
    case none
    /// The project's own crop classifier.
    case own
    /// An operator's ONNX file, with its settings in a YAML file of the same name beside it.
    case file(String)

    /// The choice as an operator writes it: `none`, `own`, or the path of a file.
    ///
    /// - Parameters:
    ///   - text: the word or path.
    ///   - directory: folder that a relative path starts from; empty for the working folder.
    public init(_ text: String, relativeTo directory: String = "") {
        switch text {
        case "none": self = .none
        case "own": self = .own
        default:
            let isComplete = text.hasPrefix("/") || directory.isEmpty
            let separator = directory.hasSuffix("/") ? "" : "/"
            self = .file(isComplete ? text : directory + separator + text)
        }
    }
}

/// How often the network may look.
public struct LookLimits: Hashable, Sendable {
    /// Looks a second at one camera's pictures.
    public var perCamera: Double
    /// Looks a second at the pictures of all cameras together.
    public var perSite: Double

    /// Limits; by default four a second for each camera and forty in all.
    public init(perCamera: Double = 4, perSite: Double = 40) {
        self.perCamera = perCamera
        self.perSite = perSite
    }

    /// Looks a second that each of some cameras may take: an equal part of the site's, so that what
    /// one camera finds does not depend on what the others see.
    public func share(of cameras: Int) -> Double {
        min(perCamera, perSite / Double(max(1, cameras)))
    }
}
