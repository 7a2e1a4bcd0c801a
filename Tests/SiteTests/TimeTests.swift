import Rules
import Scene
import Site
import Testing

@Suite struct TimeTests {
    static let path = "cameras[0].zones[0].schedule"
    static let mistakes: [Mistake] = [
        Mistake(
            Samples.zone("schedule: {spans: []}"),
            "9:27: \(path).spans: has 0 spans and needs at least 1"
        ),
        Mistake(
            Samples.zone("schedule: {}"),
            "9:19: \(path).spans: is missing; "
                + "write spans: [{days: daily, from: \"07:00\", to: \"19:00\"}]"
        ),
        Mistake(
            Samples.zone("schedule: never"),
            "9:19: \(path): \"never\" is not a schedule; write always"
        ),
        Mistake(
            Samples.zone("schedule: {timeZone: Asia/Beijing, spans: [{from: 7:00, to: 8:00}]}"),
            "9:30: \(path).timeZone: \"Asia/Beijing\" is not an IANA time zone; "
                + "did you mean Asia/Shanghai?"
        ),
        Mistake(
            Samples.zone("schedule: {spans: [{days: monn, from: 7:00, to: 8:00}]}"),
            "9:35: \(path).spans[0].days: \"monn\" is not a day; did you mean mon?"
        ),
        Mistake(
            Samples.zone("schedule: {spans: [{from: 7, to: 8:00}]}"),
            "9:35: \(path).spans[0].from: \"7\" is not a time of day; "
                + "write \"07:30\" or \"19:00\""
        ),
        Mistake(
            Samples.zone("schedule: {spans: [{from: 7:00, to: 24:01}]}"),
            "9:45: \(path).spans[0].to: \"24:01\" is out of range; write \"00:00\" to \"24:00\""
        ),
        Mistake(
            Samples.zone("schedule: {spans: [{from: 24:00, to: 8:00}]}"),
            "9:35: \(path).spans[0].from: \"24:00\" ends a day; write \"00:00\" to \"23:59\""
        ),
        Mistake(
            Samples.zone("schedule: {spans: [{from: 7:00, to: 7:00}]}"),
            "9:45: \(path).spans[0].to: from and to are the same time; "
                + "for whole days write from: \"00:00\", to: \"24:00\""
        ),
        Mistake(
            Samples.camera("startTime: 2025-06-01T08:30:00"),
            "5:16: cameras[0].startTime: \"2025-06-01T08:30:00\" has no offset from UTC; "
                + "write 2025-06-01T08:30:00+08:00"
        ),
        Mistake(
            Samples.camera("startTime: 2025-02-29T08:30:00Z"),
            "5:16: cameras[0].startTime: \"2025-02-29T08:30:00Z\" is not a time that there is; "
                + "write 2025-06-01T08:30:00+08:00"
        ),
        Mistake(
            Samples.camera("startTime: yesterday"),
            "5:16: cameras[0].startTime: \"yesterday\" is not a time; "
                + "write 2025-06-01T08:30:00+08:00"
        ),
        Mistake(
            "version: 1\nsite: {id: town, timeZone: UTC+8}\ncameras: [{id: gate, zones: []}]",
            "2:28: site.timeZone: \"UTC+8\" is not an IANA time zone; did you mean Asia/Shanghai?"
        ),
        Mistake(
            "version: 1\nsite: {id: town, timeZone: Mars/Base}\ncameras: [{id: gate, zones: []}]",
            "2:28: site.timeZone: \"Mars/Base\" is not an IANA time zone; "
                + "write a name such as Asia/Shanghai or UTC"
        ),
    ]

    @Test("A time that there is not is reported", arguments: mistakes)
    func reports(mistake: Mistake) {
        #expect(Samples.reports(mistake.text) == [mistake.report])
    }

    @Test(
        "A start time is a moment of civil time",
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("2025-06-01T08:30:00+08:00", 1_748_737_800_000_000),
            ("2024-02-29 23:59:59.25-03:30", 1_709_263_799_250_000),
            ("2000-03-01t00:00:00z", 951_868_800_000_000),
        ]
    )
    func startTime(text: String, microseconds: Int64) throws {
        let site = try Samples.site(Samples.camera("startTime: \(text)"))
        #expect(site.cameras[0].startTime?.microseconds == microseconds)
    }

    @Test("Days may be a word, a day, or a list of both")
    func days() throws {
        let text = Samples.zone(
            """
            schedule:
                      spans:
                        - {days: weekdays, from: "07:00", to: "19:30"}
                        - {days: [weekend, fri], from: 22:00, to: 05:00}
                        - {from: "18:00", to: "00:00"}
            """
        )
        let schedule = try #require(try Samples.site(text).cameras[0].zones[0].schedule)
        #expect(schedule.timeZone == "UTC")
        #expect(
            schedule.spans == [
                .init(
                    days: [.monday, .tuesday, .wednesday, .thursday, .friday],
                    startMinute: 420,
                    endMinute: 1170
                ),
                .init(days: [.saturday, .sunday, .friday], startMinute: 1320, endMinute: 300),
                .init(
                    days: Set(WeeklySchedule.Weekday.allCases),
                    startMinute: 1080,
                    endMinute: 1440
                ),
            ]
        )
    }

    @Test(
        "A duration is a number with a unit, or seconds",
        arguments: [("90s", 90), ("2m", 120), ("1.5h", 5400), ("45", 45), ("\"0.5\"", 0.5)]
    )
    func durations(text: String, seconds: Double) throws {
        let site = try Samples.site(Samples.zone("dwell: \(text)"))
        #expect(site.cameras[0].zones[0].dwell == .seconds(seconds))
    }
}
