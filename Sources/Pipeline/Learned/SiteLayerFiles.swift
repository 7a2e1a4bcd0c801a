public import Detection
internal import Foundation

/// The layers that a site has learned, in the data folder of its service: all of them, and which
/// one is in force.
public struct SiteLayerFiles: Sendable {
    private let folder: String

    /// The layers of a service.
    ///
    /// - Parameter data: the folder that `patrol run` writes into.
    public init(data: String) {
        folder = "\(data)/adaptation"
    }

    /// The layer in force; nil where the one as shipped is.
    ///
    /// - Throws: `PipelineError` where the file cannot be read or is none of this version.
    public func present() throws(PipelineError) -> SiteLayer? {
        try read("present.json")
    }

    /// Keeps a layer and puts it in force; it holds from the next start of the service.
    ///
    /// - Throws: `PipelineError` where nothing can be written.
    public func install(_ layer: SiteLayer) throws(PipelineError) {
        let bytes = try Self.bytes(layer)
        try DurableFile.write(bytes, to: "\(folder)/layer-\(layer.number).json")
        try DurableFile.write(bytes, to: "\(folder)/present.json")
    }

    /// Puts the layer before the present one in force again.
    ///
    /// - Returns: that layer; nil where it is the one as shipped.
    /// - Throws: `PipelineError` where there is no layer to go back from, or the one before it is
    ///   not there any more.
    public func rollBack() throws(PipelineError) -> SiteLayer? {
        guard let present = try present() else {
            throw PipelineError(
                .invalidInput,
                "\(folder): the layer as shipped is in force; there is nothing to go back to"
            )
        }
        guard present.number > 1 else {
            guard unlink("\(folder)/present.json") == 0 else {
                throw PipelineError(
                    .unavailable,
                    "\(folder)/present.json: cannot be removed; check its permissions"
                )
            }
            return nil
        }
        let name = "layer-\(present.number - 1).json"
        guard let before = try read(name) else {
            throw PipelineError(
                .invalidInput,
                "\(folder)/\(name) is not there any more; remove \(folder)/present.json to go back "
                    + "to the layer as shipped"
            )
        }
        try DurableFile.write(try Self.bytes(before), to: "\(folder)/present.json")
        return before
    }

    private func read(_ name: String) throws(PipelineError) -> SiteLayer? {
        let path = "\(folder)/\(name)"
        guard access(path, F_OK) == 0 else { return nil }
        do {
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            return try JSONDecoder().decode(SiteLayer.self, from: data)
        } catch {
            throw PipelineError(
                .invalidInput,
                "\(path) is no layer of this program: \(error); put it back from a copy, or remove "
                    + "it to go back to the layer as shipped",
                cause: error
            )
        }
    }

    private static func bytes(_ layer: SiteLayer) throws(PipelineError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        do {
            return [UInt8](try encoder.encode(layer))
        } catch {
            throw PipelineError(.invalidInput, "a layer that cannot be written", cause: error)
        }
    }
}
