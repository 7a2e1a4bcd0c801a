internal import Imaging
internal import Scene

extension StaticRegistry {
    /// Looks at an object's place in the present frame.
    func follow(_ object: inout StaticObject, _ input: Input) {
        let evidence = evidence(of: object, input)
        let total = evidence.total
        object.isVisible = evidence.matching * 2 >= total
        // What hides an object may look like the background in places: only where the object is
        // seen, or its place is mostly clear, has it let go of a pixel that shows the background.
        if object.isVisible || evidence.clear * 2 >= total { release(&object, input) }
        if evidence.matching * 10 >= total * 7 { refresh(&object, input) }
        object.looks += 1
        object.clearShare = Double(evidence.clear) / Double(max(1, total))
        watchSurroundings(of: &object, input)
        if object.isVisible { object.sightings += 1 }
        if object.state == .candidate, evidence.other * 2 >= total, isCrossed(object, input) {
            object.crossings += 1
        }
        if object.isVisible { object.lastSeen = input.time }
        if evidence.clear * 10 >= total * 6 {
            object.clearSince = object.clearSince ?? input.time
        } else {
            object.clearSince = nil
        }
    }

    func evidence(of object: StaticObject, _ input: Input) -> StaticEvidence {
        let (luma, noise) = (input.frame.luma.base, input.background.noise.base)
        let changed = input.background.changed.base
        let limit = Int16(tuning.quietThreshold + 7)
        var (area, matching, clear) = (0, 0, 0)
        object.forEachRow(pictureWidth: width) { mask, template, index, count in
            let (luma, noise, changed) = (luma + index, noise + index, changed + index)
            var (rowArea, rowMatching, rowClear) = (UInt16(0), UInt16(0), UInt16(0))
            for x in 0..<count {
                let away = Int16(luma[x]) &- Int16(template[x])
                let allowed = limit &+ Int16(noise[x] >> 2)
                let matches: UInt8 = (away < 0 ? 0 &- away : away) <= allowed ? 1 : 0
                rowArea &+= UInt16(mask[x])
                rowMatching &+= UInt16(mask[x] & matches)
                rowClear &+= UInt16(mask[x] & (matches ^ 1) & (changed[x] ^ 1))
            }
            area += Int(rowArea)
            matching += Int(rowMatching)
            clear += Int(rowClear)
        }
        return StaticEvidence(matching: matching, clear: clear, other: area - matching - clear)
    }

    /// Notes whether much moves on and about the object that is not the object.
    ///
    /// Limbs of people who stand, light that plays on wet ground: whatever else passes by is soon
    /// gone.
    private func watchSurroundings(of object: inout StaticObject, _ input: Input) {
        let box = object.box
        let (marginX, marginY) = (max(2, box.width / 4), max(2, box.height / 4))
        let (changed, seen) = (input.background.changed.base, input.layer.seen.base)
        let (left, right) = (max(0, box.x - marginX), min(width, box.maxX + marginX))
        var restless = 0
        for y in max(0, box.y - marginY)..<min(height, box.maxY + marginY) {
            let (changed, seen) = (changed + y * width, seen + y * width)
            var row: UInt16 = 0
            for x in left..<right { row &+= UInt16(changed[x] & (seen[x] ^ 1)) }
            restless += Int(row)
        }
        let isRestless = restless > object.area
        let seconds = min(1, input.span.seconds)
        let weight = max(seconds / 6, 1 / Double(object.looks + 1))
        object.restlessness += ((isRestless ? 1 : 0) - object.restlessness) * weight
    }

    /// Lets go of pixels that have shown the background for a while.
    private func release(_ object: inout StaticObject, _ input: Input) {
        let layer = input.layer
        var gone = 0
        object.mutateRows(pictureWidth: width) { mask, _, index, count in
            gone += layer.dropClear(mask, index, count)
        }
        object.area -= gone
        if gone > 0 { object.outline = [] }
    }

    /// Lets the template follow slow change while the object as a whole is plainly seen.
    private func refresh(_ object: inout StaticObject, _ input: Input) {
        let (seen, value) = (input.layer.seen.base, input.layer.value.base)
        object.mutateRows(pictureWidth: width) { mask, template, index, count in
            let (seen, value) = (seen + index, value + index)
            for x in 0..<count {
                template[x] ^= (template[x] ^ value[x]) & (0 &- (seen[x] & mask[x]))
            }
        }
    }

    /// Whether something passes through the place: it hides the object though it touches the ground
    /// no nearer to the camera, which nothing can do where a solid thing stands.
    private func isCrossed(_ object: StaticObject, _ input: Input) -> Bool {
        let margin = max(2, object.box.height / 8)
        return input.passing.contains { box in
            guard let shared = box.intersection(object.box) else { return false }
            return shared.area * 10 >= object.box.area * 7 && box.maxY <= object.box.maxY + margin
        }
    }

    /// Why an object is to be given up; nil where it is not.
    func departure(of object: StaticObject, at time: MediaTime) -> Inspection.Departure.Reason? {
        if object.area < leastArea(of: object) { return .shrunk }
        if let clear = object.clearSince, time - clear >= tuning.releaseTime { return .left }
        if object.state == .candidate && object.crossings >= StaticObject.mostCrossings {
            return .crossed
        }
        return time - object.lastSeen > tuning.occlusionTolerance ? .hiddenTooLong : nil
    }

    /// Number of pixels that must be left of an object.
    func leastArea(of object: StaticObject) -> Int {
        max(minimumArea / 2, object.peakArea / 4)
    }

    /// Marks an object's pixels and what they enclose.
    func hold(_ object: inout StaticObject) {
        if object.outline.isEmpty { object.outline = StaticVerifier.filled(object) }
        let (held, box) = (held.base, object.box)
        object.outline.withUnsafeBufferPointer { outline in
            guard let base = outline.baseAddress else { return }
            for y in 0..<box.height {
                let (row, line) = (held + (box.y + y) * width + box.x, base + y * box.width)
                for x in 0..<box.width { row[x] |= line[x] }
            }
        }
    }

    /// Marks an object's pixels, but for those where something else has settled.
    func cover(_ object: StaticObject, _ input: Input) {
        let (settled, value) = (input.layer.settled.base, input.layer.value.base)
        let covered = covered.base
        let limit = Int16(tuning.quietThreshold + 12)
        object.forEachRow(pictureWidth: width) { mask, template, index, count in
            let (settled, value, covered) = (settled + index, value + index, covered + index)
            for x in 0..<count {
                let away = Int16(value[x]) &- Int16(template[x])
                let isOther: UInt8 = (away < 0 ? 0 &- away : away) > limit ? 1 : 0
                covered[x] |= mask[x] & ((settled[x] & isOther) ^ 1)
            }
        }
    }
}
