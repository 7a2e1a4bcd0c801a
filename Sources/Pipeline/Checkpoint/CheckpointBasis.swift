internal import Rules
internal import Scene
internal import Site

/// What a camera's state was learned under: where one of these is another, the state is of no use.
///
/// Names, passwords and where the camera hangs do not matter to it.
struct CheckpointBasis: Hashable, Sendable, Codable {
    let site: String
    let camera: CameraID
    /// The source's address without its secrets.
    let source: String
    let zones: [ZoneRule]
    let scale: PersonScale?
    let analysisRate: Double
    let whenMoved: String

    init(site: SiteConfiguration, camera: CameraConfiguration) {
        self.site = site.id
        self.camera = camera.id
        source = camera.source.map { "\($0)" } ?? ""
        zones = camera.zones
        scale = camera.scale
        whenMoved = camera.whenMoved.rawValue
        analysisRate = StreamAnalysis.rate(of: camera)
    }

    /// What is another now, in words; nil where the state can be used.
    func change(to now: CheckpointBasis) -> String? {
        if site != now.site || camera != now.camera { return "it is the state of another camera" }
        if source != now.source { return "its source was changed" }
        if zones != now.zones { return "its zones were changed" }
        if scale != now.scale { return "its scale was changed" }
        if analysisRate != now.analysisRate { return "its analysis rate was changed" }
        if whenMoved != now.whenMoved { return "its answer to being moved was changed" }
        return nil
    }
}
