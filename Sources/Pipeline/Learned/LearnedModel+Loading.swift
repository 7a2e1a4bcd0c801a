public import Detection
internal import Foundation
internal import Inference
internal import Scene
internal import ShippedModel
public import Site

extension LearnedModel {
    /// Loads the network that a site has chosen.
    ///
    /// - Parameter choice: as in the site file.
    /// - Returns: the network; nil where none was chosen.
    /// - Throws: `PipelineError` where its file, or the settings beside it, cannot be used.
    public static func load(_ choice: ModelChoice) throws(PipelineError) -> LearnedModel? {
        switch choice {
        case .none: nil
        case .own: try own()
        case .file(let path): try file(path)
        }
    }

    private static func own() throws(PipelineError) -> LearnedModel {
        guard let path = ShippedModel.path else {
            throw PipelineError(
                .unavailable,
                "the program's own model is missing: keep \(ShippedModel.folder) beside the "
                    + "program, or write model: none into the site file"
            )
        }
        do throws(InferenceError) {
            let model = try Model(contentsOf: path)
            return try LearnedModel(own: model, identity: identity("own", try bytes(path)))
        } catch {
            throw PipelineError(.invalidInput, "\(path): \(error); install it again", cause: error)
        }
    }

    private static func file(_ path: String) throws(PipelineError) -> LearnedModel {
        let settings: ModelSettings
        do throws(SiteError) {
            settings = try ModelSettings.load(besideModel: path)
        } catch {
            let mistakes = error.diagnostics.map { "\($0)" }.joined(separator: "\n")
            throw PipelineError(
                .invalidInput,
                "\(path) needs its settings beside it (docs/models.md): \(mistakes)",
                cause: error
            )
        }
        do throws(InferenceError) {
            let model = try Model(contentsOf: path)
            let bytes = try bytes(path)
            let name = (path as NSString).lastPathComponent
            return try LearnedModel(
                model,
                settings: settings,
                identity: identity(name, bytes + Array("\(settings)".utf8))
            )
        } catch {
            throw PipelineError(.invalidInput, "\(path): \(error)", cause: error)
        }
    }

    /// The bytes of a file that was found small enough to be a model.
    private static func bytes(_ path: String) throws(InferenceError) -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw InferenceError(
                code: .unavailable,
                message: "cannot be read: \(error.localizedDescription)",
                cause: error
            )
        }
    }

    /// A name with a digest of 64 bits (FNV-1a), which tells weights apart, not forgeries.
    private static func identity(_ name: String, _ bytes: [UInt8]) -> String {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { digest = (digest ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return name + "-" + String(digest, radix: 16)
    }
}
