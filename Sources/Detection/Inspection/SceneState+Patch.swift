internal import Imaging
internal import Scene

extension SceneState {
    /// The 5 by 5 pixels around a point, fewer at the border.
    ///
    /// A point outside counts as the nearest one inside.
    func inspect(around point: NormalizedPoint) -> Inspection.Patch {
        let x = min(max(0, Int(point.x * Double(frame.width))), frame.width - 1)
        let y = min(max(0, Int(point.y * Double(frame.height))), frame.height - 1)
        let middle = PixelBox(x: x, y: y, width: 1, height: 1)
        let box = middle.grown(by: 2, within: frame.width, frame.height) ?? middle
        let sums = PatchSums(self, box)
        let index = y * frame.width + x
        let clock = layer.clock
        let isChanged = background.changed.base[index] != 0
        let quietSince = clock.time(of: layer.quietSince.base[index])
        let changedSince = isChanged ? clock.time(of: layer.edge.base[index]) : nil
        let isSettled = layer.settled.base[index] != 0
        let count = Double(box.area)
        return Inspection.Patch(
            box: box,
            level: Double(sums.level) / count,
            seenLevel: Double(sums.seenLevel) / count,
            backgroundLevel: Double(sums.background) / count,
            noise: Double(sums.noise) / count / 8,
            changed: sums.changed,
            supported: sums.supported,
            settled: sums.settled,
            settledSeen: sums.settledSeen,
            covered: sums.covered,
            quietSince: quietSince,
            changedSince: changedSince,
            settledSince: isSettled ? clock.time(of: layer.since.base[index]) : nil,
            tests: tests(sums, box, quietSince: quietSince, changedSince: changedSince)
        )
    }

    private func tests(
        _ sums: PatchSums,
        _ box: PixelBox,
        quietSince: MediaTime,
        changedSince: MediaTime?
    ) -> [TestResult] {
        let most = Double(box.area / 2)
        let settleTime = tuning.settleTime.seconds
        let threshold = Double(tuning.lumaThreshold) + Double(sums.noise) / Double(box.area) / 4
        let limit = TestResult.plain((threshold * 10).rounded() / 10)
        let changed = Double(sums.changed) > most
        let settled = TestResult.above(
            "settled",
            "pixels on which something has settled",
            Double(sums.settled),
            most
        )
        let differs = TestResult(
            "changed",
            "differs from the background",
            isHeld: changed,
            measured: "\(sums.changed) of \(box.area) pixels; luma is off by "
                + "\(sums.distance / box.area) levels, chroma by \(sums.chroma)",
            demanded: "most pixels; luma by more than \(limit) levels "
                + "(\(tuning.lumaThreshold) and the noise), or chroma by more than "
                + "\(tuning.chromaThreshold)"
        )
        // What has settled need not be quiet any more: whatever passes in front only suspends it.
        if settled.isHeld { return [differs, settled] }
        return [
            differs,
            .atLeast(
                "quiet_for",
                "the same level for",
                (moments.last - quietSince).seconds,
                settleTime,
                unit: " s"
            ),
            .atLeast(
                "changed_for",
                "off the background for",
                changedSince.map { (moments.last - $0).seconds } ?? 0,
                settleTime,
                unit: " s"
            ),
            settled,
        ]
    }
}

/// What the pixels of a patch add up to.
private struct PatchSums {
    var level = 0
    var seenLevel = 0
    var background = 0
    /// In eighths of a level.
    var noise = 0
    /// How far luma lies outside the span of the background's 3 by 3 pixels.
    var distance = 0
    /// The greatest difference of chroma.
    var chroma = 0
    var changed = 0
    var supported = 0
    var settled = 0
    var settledSeen = 0
    var covered = 0

    init(_ scene: SceneState, _ box: PixelBox) {
        let (frame, model, layer) = (scene.frame, scene.background, scene.layer)
        let texture = scene.texture.support(in: box, frame.luma.base, over: model)
        for y in box.y..<box.maxY {
            for x in box.x..<box.maxX {
                let index = y * frame.width + x
                level += Int(frame.luma.base[index])
                seenLevel += Int(frame.seen.base[index])
                background += Int(model.learned.base[index])
                noise += Int(model.noise.base[index])
                distance += Self.distance(scene, x, y)
                let chroma = (y >> 1) * frame.chromaWidth + (x >> 1)
                let blue = Int(frame.blue.base[chroma]) - Int(model.learnedBlue.base[chroma])
                let red = Int(frame.red.base[chroma]) - Int(model.learnedRed.base[chroma])
                self.chroma = max(self.chroma, abs(blue), abs(red))
                changed += Int(model.changed.base[index])
                supported += Int(texture[index])
                settled += Int(layer.settled.base[index])
                settledSeen += Int(layer.seen.base[index])
                covered += Int(scene.registry.covered.base[index])
            }
        }
    }

    private static func distance(_ scene: SceneState, _ x: Int, _ y: Int) -> Int {
        let (width, height) = (scene.frame.width, scene.frame.height)
        let value = Int(scene.frame.luma.base[y * width + x])
        var (low, high) = (255, 0)
        for row in max(0, y - 1)...min(height - 1, y + 1) {
            for column in max(0, x - 1)...min(width - 1, x + 1) {
                let level = Int(scene.background.learned.base[row * width + column])
                low = min(low, level)
                high = max(high, level)
            }
        }
        return max(0, low - value, value - high)
    }
}
