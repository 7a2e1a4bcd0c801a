import Scene
import Site
import Testing

/// The section `dispatch` of a site file.
@Suite struct DispatchTests {
    private func site(_ dispatch: String) -> String {
        """
        version: 1
        site: {id: town}
        \(dispatch)
        cameras:
          - {id: gate, zones: []}
        """
    }

    private func policy(_ dispatch: String) throws -> HandoverPolicy {
        try Samples.site(site(dispatch)).handover
    }

    @Test("Without the section all is usual, storms are held back")
    func usual() throws {
        #expect(try policy("") == HandoverPolicy(storms: StormPolicy()))
        #expect(try policy("dispatch: {}") == HandoverPolicy(storms: StormPolicy()))
    }

    @Test("Every key sets its own value")
    func values() throws {
        let text = """
            dispatch:
              dispatchWithin: 30s
              arriveWithin: 4m
              reportWithin: 2m
              escalations: 5
              expireAfter: 2h
              lease: 90s
              tries: 7
              keepMegabytes: 64
              keepDays: 10
              storms: {coolDown: 5s, mergeWithin: 1m, ceiling: 9}
            """
        let expected = HandoverPolicy(
            dispatchWithin: .seconds(30),
            arriveWithin: .seconds(240),
            reportWithin: .seconds(120),
            escalations: 5,
            expireAfter: .seconds(7200),
            lease: .seconds(90),
            tries: 7,
            maximumBytes: 64 << 20,
            maximumAge: .seconds(864_000),
            storms: StormPolicy(
                coolDown: .seconds(5),
                mergeWithin: .seconds(60),
                ceiling: 9
            )
        )
        #expect(try policy(text) == expected)
    }

    @Test("One key leaves the others as they are", arguments: ["escalations: 0", "tries: 1"])
    func one(key: String) throws {
        var expected = HandoverPolicy(storms: StormPolicy())
        if key == "tries: 1" { expected.tries = 1 } else { expected.escalations = 0 }
        #expect(try policy("dispatch: {\(key)}") == expected)
    }

    @Test("A storm's keys that are not given are usual, and zero switches off")
    func storms() throws {
        let storms = try #require(try policy("dispatch: {storms: {coolDown: 0}}").storms)
        #expect(storms == StormPolicy(coolDown: .zero))
    }

    @Test(
        "What cannot be meant is reported at its place",
        arguments: [
            ("dispatchWithin: 0", "dispatch.dispatchWithin"),
            ("arriveWithin: soon", "dispatch.arriveWithin"),
            ("reportWithin: 2d", "dispatch.reportWithin"),
            ("escalations: 11", "dispatch.escalations"),
            ("expireAfter: 1s", "dispatch.expireAfter"),
            ("lease: 2h", "dispatch.lease"),
            ("tries: 0", "dispatch.tries"),
            ("keepMegabytes: 0", "dispatch.keepMegabytes"),
            ("keepDays: 0", "dispatch.keepDays"),
            ("storms: {ceiling: 0}", "dispatch.storms.ceiling"),
            ("storms: {mergeWithin: 2h}", "dispatch.storms.mergeWithin"),
            ("leese: 2s", "dispatch.leese"),
        ]
    )
    func mistakes(key: String, place: String) {
        let reports = Samples.reports(site("dispatch: {\(key)}"))
        #expect(reports.count == 1)
        #expect(reports.first?.contains(place) == true, "\(reports)")
    }
}
