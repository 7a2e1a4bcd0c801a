internal import Imaging
internal import Scene

extension StaticRegistry {
    /// Takes what a ghost's or a shadow's place shows now as the background, but for what jumped in
    /// a moment ago: whoever passes by, or has just come, is no background.
    func heal(_ object: StaticObject, _ input: Input, isLight: Bool) {
        let filled = StaticVerifier.filled(object)
        let box = object.box
        let luma = input.frame.luma.base
        let supported = input.texture.support(in: box, luma, over: input.background)
        for y in 0..<box.height {
            for x in 0..<box.width where filled[y * box.width + x] == 1 {
                let index = (box.y + y) * width + box.x + x
                let isOfObject = object.mask[y * box.width + x] == 1
                let known = isOfObject ? object.template[y * box.width + x] : nil
                if isLight, supported[index] == 1, isIntruder(index, known: known, input) {
                    continue
                }
                input.background.heal(
                    box.x + x,
                    box.y + y,
                    from: input.frame,
                    luma: input.layer.quiet.base[index]
                )
                input.layer.clear(index)
            }
        }
    }

    /// Whether a pixel has just jumped to a level far from what was there.
    private func isIntruder(_ index: Int, known: UInt8?, _ input: Input) -> Bool {
        let age = input.layer.clock.now &- input.layer.quietSince.base[index]
        guard age < TickClock.ticks(tuning.settleTime) else { return false }
        let level = known ?? input.background.learned.base[index]
        return abs(Int(input.frame.luma.base[index]) - Int(level)) > 2 * tuning.lumaThreshold
    }
}
