internal import Detection
internal import Rules
internal import Scene

/// Everything that decides what an analysis will find, at one moment of its stream.
///
/// An analysis that is resumed from it, encoded and decoded in between, finds the same matters at
/// the same times under the same numbers as the one it was taken of. About as large as the
/// detector's pictures.
public struct AnalysisCheckpoint: Sendable, Codable {
    let gate: AnalysisGate
    let detector: DetectorCheckpoint
    let rules: CameraRules
    let health: HealthWatch
    let lastTime: MediaTime
    let analysedFrames: Int

    /// The last event of every open matter: of the camera itself, then of its zones.
    var openMatters: [Matter] {
        health.openMatters.map(Matter.health) + rules.openIncidents.map(Matter.incident)
    }
}
