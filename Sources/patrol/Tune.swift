import ArgumentParser

/// Sets zones and thresholds right.
struct Tune: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks and measures a site file.",
        subcommands: [
            TuneCheck.self, TuneCrops.self, TuneEvaluate.self, TuneExplain.self,
            TuneRobustness.self,
        ]
    )
}
