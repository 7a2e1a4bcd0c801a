internal import Scene

/// One verification of a static blob, with what is known of the blob besides its pixels.
struct VerificationLook {
    /// When it was made.
    let time: MediaTime
    /// Where.
    let box: PixelBox
    /// Number of the object at that time.
    let id: ObjectID
    /// What was weighed.
    let findings: StaticVerifier.Findings
    /// Whether the object was confirmed before.
    let wasConfirmed: Bool
    /// Whether it looked like an object before, in nearly the same box.
    let wasSolid: Bool
    /// How long it has stood.
    let age: MediaSpan
    /// Share of looks at which it was seen.
    let seenShare: Double
    /// Rows of the analysis picture.
    let pictureHeight: Int

    init(
        _ object: StaticObject,
        _ findings: StaticVerifier.Findings,
        at time: MediaTime,
        pictureHeight: Int
    ) {
        self.time = time
        self.findings = findings
        self.pictureHeight = pictureHeight
        box = object.box
        id = object.id
        wasConfirmed = object.state == .confirmed
        wasSolid = object.wasSolid(in: object.box)
        age = time - object.since
        seenShare = object.seenShare
    }

    /// Whether an unclear blob has been there, untouched, for so long that it must be real.
    func hasStoodLong(_ tuning: DetectorTuning) -> Bool {
        enduranceTests(tuning).allSatisfy(\.isHeld)
    }

    /// Whether it is too thin for a thing: the seam of a kerb or of a window in changed light.
    var isSliver: Bool { !sideTest.isHeld }

    private var sideTest: TestResult {
        .atLeast(
            "smaller_side",
            "smaller side",
            Double(min(box.width, box.height)),
            Double((pictureHeight + 33) / 34),
            unit: " px"
        )
    }

    /// What an unclear blob must show to be taken for an object all the same.
    private func enduranceTests(_ tuning: DetectorTuning) -> [TestResult] {
        [
            .atLeast(
                "unclear_age",
                "stood though it looks unclear",
                age.seconds,
                tuning.unclearAge.seconds,
                unit: " s"
            ),
            .atLeast("untouched", "share of looks that saw it", seenShare, 0.9),
            .atLeast("contour", "contour now", Double(findings.contourNow), 10, unit: " levels"),
            TestResult(
                "stands_out",
                "stands out nearly as much as the background did",
                isHeld: findings.standsOut,
                measured: findings.comparison,
                demanded: "0.85 times the background; or a contour no weaker than its own, "
                    + "correlation under 0.5 and texture changed on 90 %"
            ),
            .atLeast(
                "sharpness",
                "change at the contour over that inside",
                Double(findings.sharpness),
                70,
                unit: " %"
            ),
            .atLeast("unclear_fill", "share of its box", Double(findings.fill), 30, unit: " %"),
            sideTest,
        ]
    }
}

extension VerificationLook {
    /// The look for people, with all that it was weighed by.
    ///
    /// - Parameters:
    ///   - confirms: whether the object is taken for real since.
    ///   - tuning: the limits that are not the verifier's own.
    /// - Returns: the finding.
    func finding(confirms: Bool, _ tuning: DetectorTuning) -> Inspection.Finding {
        let verdict = Inspection.Finding.Verdict(findings.verdict)
        var tests = findings.tests
        if !wasConfirmed {
            switch verdict {
            case .object:
                tests.append(sideTest)
                tests.append(
                    TestResult(
                        "second_look",
                        "looked like an object in the same box before",
                        isHeld: wasSolid,
                        measured: wasSolid ? "yes" : "no, this is the first such look",
                        demanded: "two looks in nearly the same box"
                    )
                )
            case .unclear: tests += enduranceTests(tuning)
            case .ghost, .light: break
            }
        }
        return Inspection.Finding(
            time: time,
            box: box,
            id: id,
            summary: findings.summary,
            verdict: verdict,
            wasConfirmed: wasConfirmed,
            confirms: confirms,
            tests: tests
        )
    }
}

extension Inspection.Finding.Verdict {
    /// The verifier's verdict under the name that others may see.
    init(_ verdict: StaticVerifier.Verdict) {
        self =
            switch verdict {
            case .object: .object
            case .ghost: .ghost
            case .light: .light
            case .unclear: .unclear
            }
    }
}

extension StaticVerifier.Findings {
    fileprivate typealias Limit = StaticVerifier.Limit

    /// How much of an object there is now, against the background.
    fileprivate var comparison: String {
        let ratio = (Double(present) / Double(max(1, past)) * 100).rounded() / 100
        return "\(ratio) times the background (contour \(contourNow) against \(contourThen), "
            + "contrast \(contrastNow) against \(contrastThen))"
    }

    /// What the verdict is made of, in its order; each speaks for an object where it holds.
    fileprivate var tests: [TestResult] {
        let ratio = Double(present) / Double(max(1, past))
        return [
            TestResult(
                "own_pattern",
                "is not the background's pattern at another brightness",
                isHeld: !repeatsBackground,
                measured: "correlation \(correlation) %, background's deviation \(deviationThen), "
                    + "texture changed on \(support) %",
                demanded: "correlation under \(Limit.alike) %, or deviation under "
                    + "\(Limit.structured), or texture changed on \(Limit.untouched) %"
            )
            .with(value: Double(correlation), limit: Double(Limit.alike)),
            .atLeast(
                "texture_changed",
                "share with changed texture or strong colour",
                Double(support),
                Double(Limit.support),
                unit: " %"
            ),
            TestResult(
                "own_texture",
                "covers the background's texture",
                isHeld: !keepsTexture,
                measured: "texture kept on \(persistence) % of its tiles, changed on \(support) %",
                demanded: "kept on less than \(Limit.kept) %, or changed on "
                    + "\(Limit.keptSupport) %"
            )
            .with(value: Double(persistence), limit: Double(Limit.kept)),
            .atLeast("fill", "share of its box", Double(fill), Double(leastFill), unit: " %"),
            .atMost(
                "picture_share",
                "share of the picture",
                Double(share),
                Double(Limit.share),
                unit: " %"
            ),
            TestResult(
                "more_than_background",
                "more of an object than the background",
                isHeld: isPlain || isOutlined,
                measured: comparison,
                demanded: "1.6 times with a contour of \(Limit.plainContour), or 1.1 times with a "
                    + "contour of \(Limit.outlinedContour) that is twice the background's"
            )
            .with(value: ratio, limit: Double(Limit.plain) / 10),
            TestResult(
                "no_ghost",
                "is not what an object left behind",
                isHeld: !isLeftBehind || isPlain || isOutlined,
                measured: comparison,
                demanded: "more than 0.6 times, or a background without a contour of "
                    + "\(Limit.ghostContour) that is stronger than the present one"
            )
            .with(value: ratio, limit: Double(Limit.ghost) / 10),
        ]
    }
}
