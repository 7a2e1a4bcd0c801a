internal import ArgumentParser
internal import Foundation

/// Renders the sample streams and what is true of them.
struct SamplesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "samples",
        abstract: "Renders sample streams with known truth.",
        discussion: "Scenes: \(SceneCatalog.names.joined(separator: ", "))."
    )

    @Option(help: "Folder for the videos, their truth and site.yaml.")
    var output: String

    @Option(help: "Scene to render; repeat for several. All of them if left out.")
    var scene: [String] = []

    @Option(help: "Number that decides every chance in the scenes.")
    var seed: UInt64 = 1

    @Option(help: "x264's constant rate factor, 0 (fine) to 51 (coarse).")
    var rateFactor = 27

    @Option(help: "Write only the picture at this second as JPEG, no video; repeat for several.")
    var still: [Double] = []

    func validate() throws {
        for name in scene where !SceneCatalog.names.contains(name) {
            throw ValidationError(
                "There is no scene '\(name)': use \(SceneCatalog.names.joined(separator: ", "))."
            )
        }
        guard (0...51).contains(rateFactor) else {
            throw ValidationError("The rate factor \(rateFactor) is not in 0 to 51.")
        }
    }

    func run() throws {
        let names = scene.isEmpty ? SceneCatalog.names : scene
        do {
            try FileManager.default.createDirectory(
                atPath: output,
                withIntermediateDirectories: true
            )
        } catch {
            throw ValidationError("The folder \(output) cannot be made: \(error)")
        }
        let (folder, seed, rateFactor, still) = (output, seed, rateFactor, still)
        if still.isEmpty { try Production.writeSite(names, folder: folder, seed: seed) }
        DispatchQueue.concurrentPerform(iterations: names.count) { index in
            let production = Production(name: names[index], folder: folder, seed: seed)
            do {
                try production.run(rateFactor: rateFactor, stills: still)
            } catch {
                Self.exit(withError: error)
            }
        }
    }
}
