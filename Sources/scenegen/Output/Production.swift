internal import Foundation
internal import Media

/// Renders one scene into its files.
struct Production {
    let name: String
    let folder: String
    let seed: UInt64

    /// Writes video and truth, or only still pictures where seconds for them are given.
    func run(rateFactor: Int, stills: [Double]) throws {
        guard let scene = SceneCatalog.scene(name, seed: seed) else { return }
        let renderer = SceneRenderer(scene, seed: seed)
        guard stills.isEmpty else {
            for second in stills {
                let picture = renderer.picture(at: Float(second))
                let path = "\(folder)/\(name)-\(Decimal.text(second)).jpg"
                try Self.write(Data(try JPEG.encode(picture, quality: 95)), to: path)
            }
            return
        }
        let video = "\(name).mp4"
        try renderer.write(to: "\(folder)/\(video)", rateFactor: rateFactor)
        try Self.write(
            Data(Self.truth(of: scene, name: name).utf8),
            to: "\(folder)/\(name).truth.json"
        )
        print("\(folder)/\(video)")
    }

    /// The truth of a scene as it is written beside its video.
    static func truth(of scene: any SceneScript, name: String) -> String {
        scene.truth.json(
            video: "\(name).mp4",
            width: scene.camera.width,
            height: scene.camera.height,
            rate: SceneRenderer.rate,
            duration: Double(scene.duration)
        )
    }

    /// The site file for scenes that lie in one folder.
    static func site(_ names: [String], seed: UInt64) -> String {
        let cameras = names.compactMap { name -> SiteFile.Camera? in
            guard let scene = SceneCatalog.scene(name, seed: seed) else { return nil }
            return SiteFile.Camera(
                id: name,
                name: scene.title,
                truth: scene.truth,
                width: scene.camera.width,
                height: scene.camera.height
            )
        }
        return SiteFile.text(cameras)
    }

    /// Writes the site file for scenes that lie in a folder.
    static func writeSite(_ names: [String], folder: String, seed: UInt64) throws {
        try write(Data(site(names, seed: seed).utf8), to: "\(folder)/site.yaml")
    }

    private static func write(_ data: Data, to path: String) throws {
        do {
            try data.write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw MediaError(
                code: .unavailable,
                message: "\(path) cannot be written: check the folder and the free space",
                cause: "\(error)"
            )
        }
    }
}
