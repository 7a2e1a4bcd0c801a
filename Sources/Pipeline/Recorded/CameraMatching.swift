internal import Foundation
public import Scene
public import Site

/// Finds the camera that a recording belongs to.
public enum CameraMatching {
    /// Picks the camera of a recording from a site.
    ///
    /// In this order: the camera asked for, the site's only camera, the camera whose id is the
    /// file's name without its extension, the longest id that the name starts with, followed by
    /// `-`, `_` or `.`, and the camera whose id is the name of the folder.
    ///
    /// - Parameters:
    ///   - video: path of the recording.
    ///   - requested: the camera that the user named, if any.
    ///   - site: the cameras to pick from.
    /// - Returns: the camera.
    /// - Throws: `PipelineError` with `invalidInput`, naming what would be allowed.
    public static func camera(
        of video: String,
        requested: CameraID?,
        in site: SiteConfiguration
    ) throws(PipelineError) -> CameraConfiguration {
        let ids = site.cameras.map(\.id)
        guard let id = try pick(for: video, requested: requested, from: ids) else {
            throw PipelineError(
                .invalidInput,
                "\(video): which camera is it from? The site has \(list(ids)); "
                    + "say --camera ID, or name the file ID-….mp4, or put it in a folder named ID"
            )
        }
        guard let camera = site.cameras.first(where: { $0.id == id }) else {
            preconditionFailure("The id was picked from the site's cameras")
        }
        return camera
    }

    /// The id that fits a recording, or nil where none does.
    static func pick(
        for video: String,
        requested: CameraID?,
        from ids: [CameraID]
    ) throws(PipelineError) -> CameraID? {
        if let requested {
            guard ids.contains(requested) else {
                throw PipelineError(
                    .invalidInput,
                    "the site has no camera \(requested.rawValue); it has \(list(ids))"
                )
            }
            return requested
        }
        if ids.count == 1 { return ids[0] }
        let url = URL(fileURLWithPath: video)
        let stem = url.deletingPathExtension().lastPathComponent
        if let exact = ids.first(where: { $0.rawValue == stem }) { return exact }
        let prefixes = ids.filter { id in
            ["-", "_", "."].contains { stem.hasPrefix(id.rawValue + $0) }
        }
        if let longest = prefixes.max(by: { $0.rawValue.count < $1.rawValue.count }) {
            return longest
        }
        let folder = url.deletingLastPathComponent().lastPathComponent
        return ids.first { $0.rawValue == folder }
    }

    private static func list(_ ids: [CameraID]) -> String {
        let shown = ids.prefix(8).map(\.rawValue).joined(separator: ", ")
        return ids.count > 8 ? "\(shown) and \(ids.count - 8) more" : shown
    }
}
