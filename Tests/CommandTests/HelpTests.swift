import Testing

@Suite
struct HelpTests {
    @Test("The help of patrol says what to do first")
    func overview() throws {
        let result = try Patrol.run(["--help"], in: Folder())
        #expect(result.status == 0)
        #expect(result.output == Self.expected)
    }

    @Test(
        "Every subcommand explains itself with an example",
        arguments: [
            ["score"], ["run"], ["queue"], ["tune", "check"], ["tune", "evaluate"],
            ["tune", "explain"], ["tune", "robustness"], ["tune", "crops"],
            ["bench", "detection"], ["model", "info"], ["model", "bench"], ["model", "check"],
            ["model", "adapt"],
        ]
    )
    func subcommands(command: [String]) throws {
        let result = try Patrol.run(command + ["--help"], in: Folder())
        #expect(result.status == 0)
        #expect(result.output.contains("OVERVIEW: "))
        #expect(result.output.contains("patrol \(command.joined(separator: " "))"))
        #expect(result.output.contains("Example"))
    }

    @Test("The version is printed")
    func version() throws {
        let result = try Patrol.run(["--version"], in: Folder())
        #expect(result.output == "0.1.0\n")
    }

    @Test(
        "A wrong command line ends with status 64 and says what would be right",
        arguments: [
            (
                ["score", "--site", "s", "--output", "o", "--workers", "0", "a.mp4"],
                "from 1 to 256"
            ),
            (["score", "--site", "s", "--output", "o"], "video"),
            (
                ["score", "--site", "s", "--output", "o", "--start-time", "x", "a.mp4"],
                "start-time"
            ),
            (
                [
                    "score", "--site", "s", "--output", "o", "--start-time",
                    "2026-03-01T14:00:00+08:00", "a.mp4", "b.mp4",
                ], "one video"
            ),
            (["run", "--site", "s", "--data", "d", "--replay-speed", "0"], "0.01"),
        ]
    )
    func wrongCommandLine(arguments: [String], hint: String) throws {
        let result = try Patrol.run(arguments, in: Folder())
        #expect(result.status == 64)
        #expect(result.errors.contains(hint), "\(result.errors)")
    }

    private static let expected = """
        OVERVIEW: Finds what stands or goes where it must not, in the video of a site's
        cameras.

        A site file says which cameras there are and which zones they watch. Start
        here:

          patrol tune check site.yaml                          is the site file right?
          patrol score --site site.yaml --output out day.mp4   alerts of a recording
          patrol run --site site.yaml --data /var/lib/patrol   watch the cameras, live
          patrol queue list --data /var/lib/patrol             what was found

        Exit status: 0 done, 1 something failed (it is named on standard error), 64 the
        command line is wrong, 130 or 143 stopped by a signal.

        USAGE: patrol <subcommand>

        OPTIONS:
          --version               Show the version.
          -h, --help              Show help information.

        SUBCOMMANDS:
          score                   Finds the alerts of recordings, faster than real time.
          run                     Watches the cameras of a site, live, until it is
                                  stopped.
          queue                   Shows the alerts that score or run has written, and
                                  hands them out.
          tune                    Checks and measures a site file.
          model                   Tells of the network that looks at what is found, and
                                  tries it.

          See 'patrol help <subcommand>' for detailed help.

        """
}
