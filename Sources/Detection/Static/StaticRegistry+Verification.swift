internal import Imaging
internal import Scene

extension StaticRegistry {
    mutating func verify(
        _ input: Input,
        _ identify: (PixelBox, Set<ObjectID>) -> Track?,
        _ arrivals: (PixelBox, MediaTime) -> ObjectClass?
    ) {
        let taken = Set(objects.map(\.id))
        var kept: [StaticObject] = []
        for var object in objects {
            if isLimb(object, of: input.bodies) || isFoot(object, input) {
                object.limbAt = input.time
            }
            guard isDue(object, at: input.time) else {
                kept.append(object)
                continue
            }
            Self.tighten(&object)
            let findings = verifier.examine(
                object,
                now: input.layer.quiet.base,
                then: input.background.learned.base,
                supported: input.texture.support(
                    in: object.box,
                    input.frame.luma.base,
                    over: input.background
                )
            )
            object.verifiedAt = input.time
            let look = VerificationLook(object, findings, at: input.time, pictureHeight: height)
            self.findings.append(look)
            switch findings.verdict {
            case .object:
                // Two looks at the same box: what changes its shape does not stand.
                if object.state == .candidate, look.wasSolid, !look.isSliver {
                    object.confirm(
                        from: identify(object.box, taken),
                        arrivedAs: origin(of: object, arrivals)
                    )
                }
                object.confidence = object.isRestless ? 0.3 : 0.8
                object.solidBox = object.box
            case .unclear:
                if object.state == .candidate, look.hasStoodLong(tuning) {
                    object.confirm(
                        from: identify(object.box, taken),
                        arrivedAs: origin(of: object, arrivals)
                    )
                    object.confidence = object.isRestless ? 0.3 : 0.6
                }
            case .ghost, .light:
                if object.state == .candidate {
                    heal(object, input, isLight: findings.verdict == .light)
                    continue
                }
            }
            kept.append(object)
        }
        objects = kept
    }

    /// Names every object anew.
    mutating func classify(_ classify: (StaticObject) -> Classification) {
        for index in objects.indices { objects[index].classification = classify(objects[index]) }
    }

    /// Whether a candidate lies within a person who is about: feet and bags of somebody who waits.
    private func isLimb(_ object: StaticObject, of bodies: [PixelBox]) -> Bool {
        guard object.state == .candidate else { return false }
        return bodies.contains { body in
            guard body.area >= 3 * object.box.area, let shared = body.intersection(object.box)
            else { return false }
            return shared.area * 10 >= object.box.area * 7
        }
    }

    /// Whether a candidate adjoins an older object and the object's pixels there settled anew with
    /// it: the feet of somebody who stands before a parked car.
    private func isFoot(_ candidate: StaticObject, _ input: Input) -> Bool {
        guard candidate.state == .candidate,
            let around = candidate.box.grown(by: 3, within: width, height)
        else { return false }
        return objects.contains { object in
            guard object.state == .confirmed,
                candidate.since - object.since > .seconds(2), object.area > candidate.area,
                let contact = object.box.intersection(around)
            else { return false }
            return settledTogether(candidate, with: object, in: contact, input)
        }
    }

    private func settledTogether(
        _ candidate: StaticObject,
        with object: StaticObject,
        in contact: PixelBox,
        _ input: Input
    ) -> Bool {
        let layer = input.layer
        var (total, anew) = (0, 0)
        for y in contact.y..<contact.maxY {
            for x in contact.x..<contact.maxX {
                let local = (y - object.box.y) * object.box.width + x - object.box.x
                guard object.mask[local] == 1 else { continue }
                let index = y * width + x
                let settled = layer.clock.time(of: layer.since.base[index])
                total += 1
                if layer.settled.base[index] == 1, abs((settled - candidate.since).seconds) <= 2 {
                    anew += 1
                }
            }
        }
        return total >= candidate.box.width && anew * 3 >= total
    }

    /// What it surely was when it came: people who walked here and stopped, or the remains of
    /// somebody who stood here a moment ago.
    private func origin(
        of object: StaticObject,
        _ arrivals: (PixelBox, MediaTime) -> ObjectClass?
    ) -> ObjectClass? {
        let isRemainder = vacancies.contains { vacancy in
            guard object.since <= vacancy.until, let shared = vacancy.box.intersection(object.box)
            else { return false }
            return shared.area * 10 >= object.box.area * 7
        }
        return isRemainder ? .person : arrivals(object.box, object.since)
    }

    /// How long a candidate must stand after somebody who stood over it has gone.
    static let limbPause = MediaSpan.seconds(2)

    /// Whether an object is to be looked at again.
    private func isDue(_ object: StaticObject, at time: MediaTime) -> Bool {
        let pause: MediaSpan = object.state == .confirmed ? .seconds(2) : tuning.verifyPause
        let isRested = object.verifiedAt.map { time - $0 >= pause } ?? true
        if restsFromLimb(object, at: time) { return false }
        return isRested && time - object.since >= verifiedAge && object.isVisible
            && object.isSteady(at: time)
    }

    /// Whether it lay within a person until a moment ago.
    func restsFromLimb(_ object: StaticObject, at time: MediaTime) -> Bool {
        object.limbAt.map { time - $0 < Self.limbPause } ?? false
    }

    /// Age at which an object is verified for the first time.
    var verifiedAge: MediaSpan { tuning.confirmAge - tuning.verifyPause }

    /// Cuts the box down to the pixels that are left.
    private static func tighten(_ object: inout StaticObject) {
        let box = object.box
        var (left, top, right, bottom) = (box.width, box.height, -1, -1)
        for y in 0..<box.height {
            for x in 0..<box.width where object.mask[y * box.width + x] == 1 {
                left = min(left, x)
                right = max(right, x)
                top = min(top, y)
                bottom = max(bottom, y)
            }
        }
        guard right >= left, bottom >= top else { return }
        let cut = PixelBox(
            x: box.x + left,
            y: box.y + top,
            width: right - left + 1,
            height: bottom - top + 1
        )
        guard cut != box else { return }
        func crop(_ values: [UInt8]) -> [UInt8] {
            (top...bottom).flatMap { y in
                values[(y * box.width + left)...(y * box.width + right)]
            }
        }
        object.mask = crop(object.mask)
        object.template = crop(object.template)
        object.outline = []
        object.box = cut
    }
}
