import ArgumentParser

/// Measures parts of the product alone, for the project's own benchmarks.
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures parts of the product alone.",
        shouldDisplay: false,
        subcommands: [BenchDetection.self, BenchQueue.self]
    )
}
