internal import Imaging
internal import Media
internal import Scene

/// Renders one scene at the water picture by picture.
final class ShoreRenderer {
    private let scene: ShoreScene
    private let stage: ShoreStage
    private let sensor: Sensor

    init(_ scene: ShoreScene) {
        self.scene = scene
        let setting = scene.setting
        stage = ShoreStage(
            camera: setting.camera,
            shore: setting.shore,
            light: setting.light,
            look: setting.look,
            land: scene.land()
        )
        sensor = Sensor(
            width: setting.camera.width,
            height: setting.camera.height,
            random: Random(seed: scene.seed).split(199)
        )
    }

    /// The picture at a time; call in order of time, as the noise goes on from picture to picture.
    func picture(at time: Float) -> Picture {
        var moment = scene.moment(at: time)
        if scene.setting.look.drops > 0 { addDrops(to: &moment, at: time) }
        stage.render(moment, time: time)
        if scene.setting.look.drops > 0 { addStreaks(at: time) }
        let drift = Wave.sine(time * 0.21) * 0.012 + Wave.sine(time * 0.067 + 2) * 0.015
        var picture = sensor.developSharp(
            stage.frame,
            exposure: scene.setting.light.exposure * (1 + drift),
            noise: scene.setting.light.noise
        )
        Clock.burn(into: &picture, second: Int(time))
        return picture
    }

    /// Writes the scene, or its first pictures, as a video file.
    func write(to path: String, rateFactor: Int, pictures: Int? = nil) throws(MediaError) {
        let rate = scene.setting.rate
        let writer = try VideoWriter(
            path: path,
            width: scene.setting.camera.width,
            height: scene.setting.camera.height,
            frameRate: rate,
            constantRateFactor: rateFactor,
            timescale: 12_000,
            isHasty: true
        )
        for index in 0..<(pictures ?? scene.duration * rate) {
            let seconds = Double(index) / Double(rate)
            try writer.append(picture(at: Float(seconds)), at: MediaTime(seconds: seconds))
        }
        try writer.finish()
    }

    /// Rings of the drops that have fallen in the last moments, near enough to be seen as rings.
    private func addDrops(to moment: inout Moment, at time: Float) {
        let life: Float = 0.55
        let alive = Int(Float(scene.setting.look.drops) * life)
        guard !stage.water.isEmpty else { return }
        for index in 0..<Int32(alive) {
            let turn = time / life + Noise.hash(index, 1, 501)
            let round = Int32(turn.rounded(.down))
            let age = turn - turn.rounded(.down)
            let pick = Noise.hash(index, round, 502) * Float(stage.water.count - 1)
            let pixel = stage.water[Int(pick)]
            guard pixel.depth > 0.02, pixel.distance < 38 else { continue }
            moment.rings.append(
                Ring(
                    center: pixel.place,
                    radius: 0.02 + 0.2 * age,
                    wave: 0.07 + 0.003 * pixel.distance,
                    slope: 0.3 * (1 - age)
                )
            )
        }
    }

    /// Drops that fall past the lens.
    private func addStreaks(at time: Float) {
        let frame = Int32(time * 12 + 0.5)
        let (width, height) = (stage.camera.width, stage.camera.height)
        let light = scene.setting.light.horizon * 0.09
        for index in 0..<Int32(scene.setting.look.drops / 7) {
            let x = Int(Noise.hash(frame, index, 511) * Float(width))
            let y = Int(Noise.hash(frame, index, 512) * Float(height))
            let length = 6 + Int(Noise.hash(frame, index, 513) * 16)
            let power = light * (0.4 + Noise.hash(frame, index, 514))
            for step in 0..<length where y + step < height {
                let column = min(width - 1, x + step / 7)
                stage.frame[(y + step) * width + column] += SIMD4(power, 0)
            }
        }
    }
}
