internal import Scene

extension SceneState {
    /// What the learned stage, and the site's own experience, make of an object.
    func lookTests(of id: ObjectID) -> [TestResult] {
        guard let record = record(of: id) else { return [] }
        guard let verdict = record.verdict else {
            return [
                .atLeast(
                    "looks",
                    "looks of the network, for its verdict to count",
                    Double(record.count),
                    Double(LookRecord.least)
                )
            ]
        }
        let shares = LearnedScores.Kind.allCases.filter { verdict[$0] >= 0.05 }
            .sorted { verdict[$0] > verdict[$1] }
            .map { "\($0.rawValue) \(TestResult.plain(verdict[$0]))" }
        var tests = [
            TestResult(
                "real_thing",
                "the network takes it for a thing (\(record.count) looks)",
                isHeld: verdict.unreal < LearnedVerdict.unreal,
                measured: shares.joined(separator: ", "),
                demanded: "light and ghost under \(LearnedVerdict.unreal) together; a class is "
                    + "named from \(LearnedVerdict.naming) on, a mere thing or "
                    + "a two-wheeler from \(LearnedVerdict.overruling)"
            )
        ]
        if let acceptance = record.acceptance {
            tests.append(
                .atLeast(
                    "acceptance",
                    "likely to be confirmed, by the site's experience",
                    acceptance,
                    SiteLayer.leastAcceptance
                )
            )
        }
        return tests
    }
}
