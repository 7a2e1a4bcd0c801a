internal import ArgumentParser
internal import Foundation
internal import Synchronization

/// Renders the suite of scenes at the water.
struct SuiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suite",
        abstract: "Renders many short scenes at the water with known truth.",
        discussion: """
            Kinds: \(ShoreKind.allCases.map(\.rawValue).joined(separator: ", ")). Each clip gets a \
            folder with video.mp4, truth.json and site.yaml.
            """
    )

    @Option(help: "Folder for the clips' folders.")
    var out: String

    @Option(help: "Scenes of each kind, 1 to 99.")
    var seeds = 20

    @Option(help: "The first of the seeds, 1 to 900.")
    var firstSeed = 1

    @Option(help: "Kind to render; repeat for several. All of them if left out.")
    var kind: [String] = []

    @Option(help: "x264's constant rate factor, 0 (fine) to 51 (coarse).")
    var rateFactor = 25

    @Option(help: "Clips at a time; as many as there are cores if left out.")
    var jobs: Int?

    @Option(help: "Write only the picture at this second as JPEG, no video; repeat for several.")
    var still: [Double] = []

    @Flag(help: "Write only truth.json and site.yaml, no video.")
    var truthOnly = false

    func validate() throws {
        for name in kind where ShoreKind(rawValue: name) == nil {
            let names = ShoreKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("There is no kind '\(name)': use \(names).")
        }
        guard (1...99).contains(seeds) else {
            throw ValidationError("The number of seeds, \(seeds), is not in 1 to 99.")
        }
        guard (1...900).contains(firstSeed) else {
            throw ValidationError("The first seed, \(firstSeed), is not in 1 to 900.")
        }
        guard (0...51).contains(rateFactor) else {
            throw ValidationError("The rate factor \(rateFactor) is not in 0 to 51.")
        }
        guard jobs ?? 1 > 0 else { throw ValidationError("No clip at a time is too few.") }
    }

    func run() throws {
        let kinds = kind.isEmpty ? ShoreKind.allCases : kind.compactMap(ShoreKind.init(rawValue:))
        let clips = SuiteClip.all(kinds, seeds: firstSeed..<(firstSeed + seeds))
        do {
            try FileManager.default.createDirectory(
                atPath: out,
                withIntermediateDirectories: true
            )
        } catch {
            throw ValidationError("The folder \(out) cannot be made: \(error)")
        }
        let (out, rateFactor, still, truthOnly) = (out, rateFactor, still, truthOnly)
        let next = Mutex(0)
        let pictures = Mutex(0)
        let workers = jobs ?? ProcessInfo.processInfo.activeProcessorCount
        let clock = ContinuousClock()
        let wall = clock.measure {
            DispatchQueue.concurrentPerform(iterations: workers) { _ in
                while let clip = next.withLock({ $0 < clips.count ? clips[$0.take()] : nil }) {
                    do {
                        if truthOnly {
                            try clip.writeTruth(of: clip.kind.scene(seed: clip.seed), in: out)
                        } else if still.isEmpty {
                            let count = try clip.write(in: out, rateFactor: rateFactor)
                            pictures.withLock { $0 += count }
                        } else {
                            try clip.writeStills(still, in: out)
                        }
                    } catch {
                        Self.exit(withError: error)
                    }
                }
            }
        }
        let count = pictures.withLock { $0 }
        print("\(clips.count) clips, \(count) pictures, \(Decimal.text(wall / .seconds(1))) s")
    }
}

extension Int {
    /// The number, which is one more afterwards.
    fileprivate mutating func take() -> Int {
        defer { self += 1 }
        return self
    }
}
