import Testing

@Suite
struct SiteFileTests {
    /// Each line with a mistake ends with the number of the mistake.
    private static let mistaken = """
        version: 2 #1
        site:
          id: Has Spaces #2
          timeZone: Mars/Olympus #3
        cameras:
          - id: gate
            name: Gate
            analysisRate: 900 #4
            colour: red #5
            zones:
              - id: lane
                kind: no_praking #6
                polygon: [[0.1, 0.1], [0.9, 0.1], [0.9, 0.9]]
              - id: yard
                kind: no_parking
                polygon: [[0.1, 0.1], [0.9, 0.9], [0.9, 0.1], [0.1, 0.9]] #7
              - id: kerb
                kind: no_parking
                polygon: [[0.1, 0.1], [1.9, 0.1], [0.9, 0.9]] #8
                dwell: soon #9
              - id: lane2
                kind: road_occupation
                polygon: [[0.1, 0.1], [0.9, 0.1], [0.9, 0.9]]
                severity: loud #10

        """

    @Test("Ten mistakes in a site file are all told, each at its line, and the status is 1")
    func tenMistakes() throws {
        let folder = try Folder()
        try folder.write(Self.mistaken, to: "site.yaml")
        let result = try Patrol.run(["tune", "check", "site.yaml"], in: folder)
        #expect(result.status == 1)
        let told = result.output.split(separator: "\n")
        for (index, line) in Self.mistaken.split(separator: "\n").enumerated()
        where line.contains("#") {
            let count = told.filter { $0.hasPrefix("site.yaml:\(index + 1):") }.count
            #expect(count == 1, "line \(index + 1): \(line)")
        }
        #expect(result.errors == "10 mistakes in site.yaml\n")
    }

    @Test("A command that needs a site file stops at one with mistakes")
    func scoreRefuses() throws {
        let folder = try Folder()
        try folder.write(Self.mistaken, to: "site.yaml")
        let result = try Patrol.run(
            ["score", "--site", "site.yaml", "--output", "out", "a.mp4"],
            in: folder
        )
        #expect(result.status == 1)
        #expect(result.errors.contains("site.yaml has 10 mistakes; nothing was started"))
    }

    @Test("A right site file is summed up")
    func summary() throws {
        let folder = try Folder()
        try folder.write(Fixtures.site, to: "site.yaml")
        let result = try Patrol.run(["tune", "check", "site.yaml"], in: folder)
        #expect(result.status == 0)
        #expect(
            result.output == """
                site.yaml is right: site test (Test site), local time Asia/Shanghai, 1 camera, 1 zone
                CAMERA  SOURCE  ZONE  KIND        DWELL    SEVERITY  IN FORCE
                gate    -       lane  no_parking  0:00:02  warning   always

                """
        )
    }

    @Test("A site file that is not there")
    func missing() throws {
        let result = try Patrol.run(["tune", "check", "absent.yaml"], in: Folder())
        #expect(result.status == 1)
        #expect(result.output.contains("absent.yaml"))
    }
}
