internal import Alerts
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
            let bytes = try Model.bytes(of: path)
            return try LearnedModel(
                own: Model(bytes: bytes, name: path),
                identity: identity("own", bytes)
            )
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
            let bytes = try Model.bytes(of: path)
            let name = (path as NSString).lastPathComponent
            return try LearnedModel(
                Model(bytes: bytes, name: path),
                settings: settings,
                identity: identity(name, bytes + settings.fingerprint)
            )
        } catch {
            throw PipelineError(.invalidInput, "\(path): \(error)", cause: error)
        }
    }

    /// A name with the first 64 bits of the SHA-256 of what makes its answers.
    private static func identity(_ name: String, _ bytes: [UInt8]) -> String {
        name + "-" + Digest.sha256(bytes).prefix(16)
    }
}

extension ModelSettings {
    /// Equal bytes for equal settings, in this run and the next.
    fileprivate var fingerprint: [UInt8] {
        let labels = labels.sorted { $0.key.rawValue < $1.key.rawValue }
        let meanings = labels.map { "\($0.key.rawValue) \($0.value)" }
        let text =
            "\(width) \(height) \(mean) \(scale) \(channelOrder) \(decoder) \(meanings)"
        return Array(text.utf8)
    }
}
