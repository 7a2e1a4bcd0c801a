internal import Imaging
internal import Scene

extension SceneState {
    /// A switch of mode or light that is being waited out, until the background is learned anew.
    struct Rebase: Hashable, Codable {
        var kind: ModeWatch.Switch
        var begin: MediaTime
    }

    /// A switch is waited out for so long at least; it is waited for longest until the picture is
    /// calm: for a mode longer than for light, which may be a gain that goes on rising.
    private static let least = MediaSpan.seconds(1.6)
    private static let most = (mode: MediaSpan.seconds(5), light: MediaSpan.seconds(2.4))

    /// Decides once the hold is over, and learns the background anew where it must be.
    ///
    /// Outside known objects it is the present picture, or that of the mode's last time where it
    /// still holds. What stands keeps its clock and gets a new look; what is behind it is carried
    /// over by the change that its surroundings show.
    mutating func finishRebase(changed: Double, at time: MediaTime) {
        guard let rebase else { return }
        let held = time - rebase.begin
        let most = if case .mode = rebase.kind { Self.most.mode } else { Self.most.light }
        guard held >= Self.least, measures.motion < PictureMeasures.calm || held >= most else {
            return
        }
        self.rebase = nil
        let last = mode.mode
        guard let next = mode.decide(rebase.kind, measures, changed: changed) else { return }
        if next != last { stored[last] = StoredBackground(background) }
        alignment = Anchors.Alignment()
        let kept = stored.removeValue(forKey: next)
        if let kept, kept.isShown(by: frame, covered: registry.covered.base) {
            kept.restore(into: &background)
            normaliseTone()
        } else {
            learnAnew()
        }
        relook(at: time)
        health.reset()
        water?.sight.reset()
        dropAnchors()
    }

    private mutating func normaliseTone() {
        tone.measure(
            seen: frame.seen.base,
            background: background.learned.base,
            changed: registry.covered.base,
            width: frame.width,
            height: frame.height
        )
        tone.apply(frame.seen.base, into: frame.luma.base, count: frame.luma.count)
    }

    private mutating func learnAnew() {
        tone = ToneCurve()
        frame.luma.copy(from: frame.seen)
        let old = background.learned.values
        let (oldBlue, oldRed) = (background.learnedBlue.values, background.learnedRed.values)
        background.reset(to: frame)
        for object in registry.objects { carryOver(behind: object, old, oldBlue, oldRed) }
        background.finishSetting()
    }

    /// Sets the background behind an object from what it was, by the line that maps the old levels
    /// of its surroundings to the new ones.
    private func carryOver(
        behind object: StaticObject,
        _ old: [UInt8],
        _ oldBlue: [UInt8],
        _ oldRed: [UInt8]
    ) {
        guard let ring = object.box.grown(by: 7, within: frame.width, frame.height) else { return }
        var fit = (luma: LineFit(), blue: LineFit(), red: LineFit())
        let covered = registry.covered.base
        for y in ring.y..<ring.maxY {
            for x in ring.x..<ring.maxX {
                let index = y * frame.width + x
                guard covered[index] == 0 else { continue }
                let chroma = (y >> 1) * frame.chromaWidth + (x >> 1)
                fit.luma.add(old[index], frame.luma.base[index])
                fit.blue.add(oldBlue[chroma], frame.blue.base[chroma])
                fit.red.add(oldRed[chroma], frame.red.base[chroma])
            }
        }
        let filled = StaticVerifier.filled(object)
        for y in 0..<object.box.height {
            for x in 0..<object.box.width where filled[y * object.box.width + x] == 1 {
                let (column, row) = (object.box.x + x, object.box.y + y)
                let chroma = (row >> 1) * frame.chromaWidth + (column >> 1)
                background.set(
                    column,
                    row,
                    luma: fit.luma.value(old[row * frame.width + column]),
                    blue: fit.blue.value(oldBlue[chroma]),
                    red: fit.red.value(oldRed[chroma])
                )
            }
        }
    }

    /// Gives every object the look that its place has now.
    private mutating func relook(at time: MediaTime) {
        layer.advance(to: time)
        layer.reset(to: frame.luma.base)
        let (luma, layer) = (frame.luma.base, layer)
        for index in registry.objects.indices {
            let moment = layer.clock.moment(of: registry.objects[index].since)
            registry.objects[index].lastSeen = max(registry.objects[index].lastSeen, time)
            registry.objects[index].clearSince = nil
            registry.objects[index].mutateRows(pictureWidth: frame.width) {
                mask,
                template,
                start,
                count in
                for x in 0..<count {
                    template[x] = luma[start + x]
                    if mask[x] == 1 { layer.put(start + x, luma: luma[start + x], since: moment) }
                }
            }
        }
    }
}

/// A least-squares line from old levels to new ones.
struct LineFit {
    private var count = 0.0
    private var (sumX, sumY, sumXX, sumXY) = (0.0, 0.0, 0.0, 0.0)

    /// Takes in one pixel.
    mutating func add(_ old: UInt8, _ new: UInt8) {
        let (x, y) = (Double(old), Double(new))
        count += 1
        sumX += x
        sumY += y
        sumXX += x * x
        sumXY += x * y
    }

    /// The new level for an old one; the old one itself where nothing is known.
    func value(_ old: UInt8) -> UInt8 {
        guard count > 0 else { return old }
        let (meanX, meanY) = (sumX / count, sumY / count)
        let spread = sumXX / count - meanX * meanX
        let slope = spread >= 4 ? (sumXY / count - meanX * meanY) / spread : 1
        let bounded = min(2.5, max(0.3, slope))
        return UInt8(clamping: Int((meanY + bounded * (Double(old) - meanX)).rounded()))
    }
}
