internal import Imaging
internal import Scene

extension SceneState {
    /// What was made of the last picture.
    func inspect() -> Inspection {
        Inspection(
            view: NormalizedBox(x: 0, y: 0, width: 1, height: 1),
            time: moments.last,
            luma: plane(frame.luma, frame.width, frame.height),
            background: plane(background.learned, frame.width, frame.height),
            backgroundBlue: plane(background.learnedBlue, frame.chromaWidth, frame.chromaHeight),
            backgroundRed: plane(background.learnedRed, frame.chromaWidth, frame.chromaHeight),
            changed: mask(background.changed),
            settled: mask(layer.settled),
            picture: pictureFigures,
            standing: registry.objects.map(standing),
            moving: tracker.tracks.map(moving),
            findings: isBlind ? [] : registry.findings.map(finding),
            departures: isBlind ? [] : registry.departures
        )
    }

    private func plane(_ buffer: Buffer<UInt8>, _ width: Int, _ height: Int) -> Plane {
        var plane = Plane(width: width, height: height)
        plane.samples = Array(UnsafeBufferPointer(start: buffer.base, count: buffer.count))
        return plane
    }

    private func mask(_ buffer: Buffer<UInt8>) -> Plane {
        var plane = plane(buffer, frame.width, frame.height)
        for index in plane.samples.indices { plane.samples[index] &*= 255 }
        return plane
    }

    private func finding(_ look: VerificationLook) -> Inspection.Finding {
        let isConfirmed = registry.objects.contains { $0.box == look.box && $0.state == .confirmed }
        return look.finding(confirms: isConfirmed && !look.wasConfirmed, tuning)
    }

    // MARK: The picture as a whole

    private var pictureFigures: Inspection.PictureFigures {
        let changedShare = background.changedShare
        return Inspection.PictureFigures(
            isBlind: isBlind,
            mode: mode.mode.rawValue,
            rebaseSince: rebase?.begin,
            signs: health.signs.map { sign in
                Inspection.PictureFigures.Sign(
                    fault: sign.fault,
                    since: sign.since,
                    patience: PictureHealth.patience(sign.fault),
                    isFault: sign.isFault
                )
            },
            isUnusable: health.isUnusable,
            shiftX: alignment.x,
            shiftY: alignment.y,
            agreement: alignment.agreement,
            isRecognisable: anchors.areTelling,
            isToneBent: tone.isBent,
            changedShare: changedShare,
            backgroundAge: background.age,
            mean: measures.mean,
            deviation: measures.deviation,
            gradient: measures.gradient,
            motion: measures.motion,
            colour: measures.colour,
            torn: measures.torn,
            likeness: measures.likeness,
            tests: pictureTests(changedShare)
        )
    }

    private func pictureTests(_ changedShare: Double) -> [TestResult] {
        let signs = health.signs.map { "\($0.fault.rawValue) since \($0.since.seconds) s" }
        return [
            TestResult(
                "usable",
                "the picture is sound",
                isHeld: !health.isUnusable,
                measured: signs.isEmpty ? "no sign of a fault" : signs.joined(separator: ", "),
                demanded: "no picture that is black, torn, blurred, blocked, moved or long frozen"
            ),
            TestResult(
                "no_rebase",
                "mode and light are settled",
                isHeld: rebase == nil,
                measured: rebase.map { "a switch is waited out since \($0.begin.seconds) s" }
                    ?? "no switch under way",
                demanded: "no switch of mode or light under way"
            ),
            .atMost(
                "changed_share",
                "share of the picture that changed",
                changedShare,
                ModeWatch.mostChanged
            ),
        ]
    }

    // MARK: Objects

    private func standing(_ object: StaticObject) -> Inspection.Standing {
        let evidence = registry.evidence(of: object, registryInput)
        return Inspection.Standing(
            id: object.id,
            box: object.box,
            isConfirmed: object.state == .confirmed,
            since: object.since,
            found: object.found,
            lastSeen: object.lastSeen,
            presentAtStart: object.presentAtStart,
            isVisible: object.isVisible,
            area: object.area,
            peakArea: object.peakArea,
            matchingShare: Double(evidence.matching) / Double(max(1, evidence.total)),
            clearShare: Double(evidence.clear) / Double(max(1, evidence.total)),
            clearSince: object.clearSince,
            looks: object.looks,
            sightings: object.sightings,
            restlessness: object.restlessness,
            crossings: object.crossings,
            classification: observation(object).classification,
            classOrigin: classOrigin(of: object),
            confidence: observation(object).confidence,
            verifiedAt: object.verifiedAt,
            tests: tests(of: object)
        )
    }

    private var registryInput: StaticRegistry.Input {
        StaticRegistry.Input(
            frame: frame,
            background: background,
            layer: layer,
            texture: texture,
            passing: passing,
            bodies: [],
            time: moments.last,
            span: .zero,
            origin: moments.origin,
            people: people
        )
    }

    private func classOrigin(of object: StaticObject) -> String {
        let ratio = Double(object.box.height) / Double(max(1, object.box.width))
        var shape =
            "\(TestResult.plain((ratio * 100).rounded() / 100)) times as high as wide, "
            + "a person from \(ShapeClassifier.uprightAspect) on"
        if let height = people.expected(at: object.box) {
            shape += "; \(object.box.height) px high, a person there \(Int(height.rounded()))"
        }
        guard let arrival = object.arrivedAs else { return "its shape: \(shape)" }
        return "what came to rest here: \(arrival.rawValue); and its shape: \(shape)"
    }

    /// What has to hold for a static object to be verified, where it is not yet, and to be kept.
    private func tests(of object: StaticObject) -> [TestResult] {
        var tests: [TestResult] = []
        if object.state == .candidate { tests += candidateTests(of: object) }
        tests.append(
            .atLeast(
                "area_left",
                "pixels left of it",
                Double(object.area),
                Double(registry.leastArea(of: object))
            )
        )
        tests.append(
            TestResult(
                "place_taken",
                "its place does not show the background",
                isHeld: object.clearSince == nil,
                measured: object.clearSince.map { "clear since \($0.seconds) s" } ?? "not clear",
                demanded: "not clear on 60 % of its pixels for \(tuning.releaseTime.seconds) s"
            )
        )
        tests.append(
            .atMost(
                "hidden_for",
                "not seen for",
                (moments.last - object.lastSeen).seconds,
                tuning.occlusionTolerance.seconds,
                unit: " s"
            )
        )
        return tests + lookTests(of: object.id)
    }

    private func candidateTests(of object: StaticObject) -> [TestResult] {
        [
            .atLeast(
                "age",
                "stood for",
                (moments.last - object.since).seconds,
                registry.verifiedAge.seconds,
                unit: " s"
            ),
            TestResult(
                "visible",
                "is seen",
                isHeld: object.isVisible,
                measured: object.isVisible ? "yes" : "no",
                demanded: "half of its pixels at least"
            ),
            .atLeast(
                "known_for",
                "known for",
                (moments.last - object.found).seconds,
                StaticObject.steadyAge.seconds,
                unit: " s"
            ),
            .atLeast(
                "seen_share",
                "share of looks that saw it",
                object.seenShare,
                StaticObject.steadyShare
            ),
            TestResult(
                "no_limb",
                "does not lie within a person",
                isHeld: !registry.restsFromLimb(object, at: moments.last),
                measured: object.limbAt.map { "it did at \(TestResult.plain($0.seconds)) s" }
                    ?? "no",
                demanded: "not within the last \(StaticRegistry.limbPause.seconds) s"
            ),
            .atMost(
                "crossings",
                "times that something passed through",
                Double(object.crossings),
                Double(StaticObject.mostCrossings - 1)
            ),
        ]
    }

    private func moving(_ track: Track) -> Inspection.Moving {
        Inspection.Moving(
            id: track.id,
            box: track.measured,
            firstSeen: track.firstSeen,
            lastSeen: track.lastSeen,
            hits: track.hits,
            isVisible: track.isVisible,
            classification: observation(track).classification,
            votes: track.votes.shares,
            votedAt: track.votes.last,
            bodyLengthsPerSecond: track.bodyLengthsPerSecond,
            tortuosity: track.tortuosity,
            path: track.ground.points,
            pathBodyLengths: track.ground.bodyLengths,
            pathMetres: people.expected(at: track.measured)
                .map { _ in track.ground.bodyLengths * PersonScale.metres },
            hiding: track.isVisible ? nil : track.hiding,
            group: track.company?.leader,
            tests: [
                .atLeast(
                    "hits",
                    "frames that saw it",
                    Double(track.hits),
                    Double(Track.reportedHits)
                )
            ] + waterTests(of: track.id) + lookTests(of: track.id)
        )
    }
}
