import ArgumentParser

/// The command line of the whole product.
@main
struct Patrol: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "patrol",
        abstract: "Finds what stands or goes where it must not, in the video of a site's cameras.",
        discussion: """
            A site file says which cameras there are and which zones they watch. Start here:

              patrol tune check site.yaml                          is the site file right?
              patrol score --site site.yaml --output out day.mp4   alerts of a recording
              patrol run --site site.yaml --data /var/lib/patrol   watch the cameras, live
              patrol queue list --data /var/lib/patrol             what was found

            Exit status: 0 done, 1 something failed (it is named on standard error), 64 the command \
            line is wrong, 130 or 143 stopped by a signal.
            """,
        version: "0.1.0",
        subcommands: [
            Score.self, Run.self, Queue.self, Tune.self, ModelCommand.self, Bench.self,
        ]
    )
}
