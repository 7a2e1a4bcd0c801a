internal import Foundation
internal import Media

/// One clip of the suite: a folder with video, truth and site file.
struct SuiteClip: Sendable {
    let kind: ShoreKind
    let seed: UInt64

    /// Name of the folder, which sorts by kind and seed.
    var name: String { "\(kind.rawValue)-\(seed < 10 ? "0" : "")\(seed)" }

    /// Every kind with every one of the seeds.
    static func all(_ kinds: [ShoreKind], seeds: Range<Int>) -> [SuiteClip] {
        kinds.flatMap { kind in
            seeds.map { SuiteClip(kind: kind, seed: UInt64($0)) }
        }
    }

    /// Renders the clip into its folder; gives the number of pictures.
    func write(in folder: String, rateFactor: Int) throws -> Int {
        let scene = kind.scene(seed: seed)
        let place = try writeTruth(of: scene, in: folder)
        try ShoreRenderer(scene).write(to: "\(place)/video.mp4", rateFactor: rateFactor)
        return scene.duration * scene.setting.rate
    }

    /// Writes what is known of the clip into its folder.
    ///
    /// - Returns: the folder.
    @discardableResult
    func writeTruth(of scene: ShoreScene, in folder: String) throws -> String {
        let place = "\(folder)/\(name)"
        try FileManager.default.createDirectory(
            atPath: place,
            withIntermediateDirectories: true
        )
        try Data(truth(of: scene).utf8).write(to: URL(fileURLWithPath: "\(place)/truth.json"))
        try Data(site(of: scene).utf8).write(to: URL(fileURLWithPath: "\(place)/site.yaml"))
        return place
    }

    /// Writes pictures of some moments as JPEG files named after the clip.
    func writeStills(_ seconds: [Double], in folder: String) throws {
        let renderer = ShoreRenderer(kind.scene(seed: seed))
        for second in seconds {
            let data = Data(try JPEG.encode(renderer.picture(at: Float(second)), quality: 95))
            let path = "\(folder)/\(name)-\(Decimal.text(second)).jpg"
            try data.write(to: URL(fileURLWithPath: path))
        }
    }

    /// The text of `truth.json`.
    func truth(of scene: ShoreScene) -> String {
        scene.truth.json(
            video: "video.mp4",
            width: scene.setting.camera.width,
            height: scene.setting.camera.height,
            rate: scene.setting.rate,
            duration: Double(scene.duration),
            scale: scene.setting.personScale
        )
    }

    /// The text of `site.yaml`.
    func site(of scene: ShoreScene) -> String {
        SiteFile.text([
            SiteFile.Camera(
                id: name,
                name: "Water, \(kind.rawValue)",
                truth: scene.truth,
                width: scene.setting.camera.width,
                height: scene.setting.camera.height,
                scale: scene.setting.personScale
            )
        ])
    }
}
