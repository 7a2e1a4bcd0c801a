internal import Imaging
internal import Media
internal import Scene

/// Renders one scene picture by picture.
final class SceneRenderer {
    static let rate = 12

    private let scene: any SceneScript
    private let stage: Stage
    private let sensor: Sensor

    init(_ scene: any SceneScript, seed: UInt64) {
        self.scene = scene
        stage = Stage(
            camera: scene.camera,
            sun: scene.sun,
            focus: scene.focus,
            backdrop: scene.backdrop,
            shade: scene.shade,
            water: scene.water
        )
        sensor = Sensor(
            width: scene.camera.width,
            height: scene.camera.height,
            random: Random(seed: seed).split(99)
        )
    }

    /// The picture at a time; call in order of time, as the noise goes on from picture to picture.
    func picture(at time: Float) -> Picture {
        var atmosphere = scene.atmosphere(at: time)
        let drift = Wave.sine(time * 0.21) * 0.012 + Wave.sine(time * 0.067 + 2) * 0.015
        atmosphere.exposure *= 1 + drift
        stage.render(scene.props(at: time), atmosphere, time: time)
        var picture = sensor.develop(stage.frame, atmosphere)
        Clock.burn(into: &picture, second: Int(time))
        return picture
    }

    /// Writes the scene, or its first pictures, as a video file.
    func write(to path: String, rateFactor: Int, pictures: Int? = nil) throws(MediaError) {
        let writer = try VideoWriter(
            path: path,
            width: scene.camera.width,
            height: scene.camera.height,
            frameRate: Self.rate,
            constantRateFactor: rateFactor,
            timescale: 12_000
        )
        for index in 0..<(pictures ?? scene.duration * Self.rate) {
            let seconds = Double(index) / Double(Self.rate)
            try writer.append(picture(at: Float(seconds)), at: MediaTime(seconds: seconds))
        }
        try writer.finish()
    }
}
