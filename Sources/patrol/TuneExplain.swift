import Alerts
import ArgumentParser
import Detection
import Evaluation
import Foundation
import Media
import Pipeline
import Scene
import Site

/// Tells why there was an alert, or why there was none.
struct TuneExplain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tells why there was an alert at a place and time, or why there was none.",
        discussion: """
            Replays the recording from its first frame through detection and rules, up to the time \
            in question, and prints what they made of the place: each test with its number, what \
            was demanded and whether it held, what happened there so far, and one sentence that \
            names the first test that failed. A picture shows the frame, the learned background, \
            the masks and the registry.

            The recording is a video of a camera of the site, or a folder with a video and a \
            truth.json, as patrol tune evaluate takes them; such a folder needs no site file.

            Examples:
              patrol tune explain --site site.yaml --camera gate gate.mp4 --at 37.5 --point 0.42,0.71
              patrol tune explain --site site.yaml gate.mp4 --alert 2
              patrol tune explain --site site.yaml gate.mp4 --alerts out --alert 5be1
              patrol tune explain clips/gate --event 3 --picture gate-3.jpg
            """
    )

    @Option(
        help: ArgumentHelp("The site file; none for a folder with truth.json.", valueName: "file")
    )
    var site: String?

    @Option(help: ArgumentHelp("The camera that the video is from.", valueName: "id"))
    var camera: String?

    @Option(
        help: ArgumentHelp("When the video began, with offset; for schedules.", valueName: "time")
    )
    var startTime: StartTime?

    @OptionGroup(title: "What is asked")
    var asked: AskedPlace

    @Option(help: ArgumentHelp("Tell of this zone only.", valueName: "id"))
    var zone: String?

    @Option(
        help: ArgumentHelp(
            "Where the picture goes; explain-VIDEO-SECONDS.jpg in this folder unless given.",
            valueName: "file"
        )
    )
    var picture: String?

    @Option(
        help: ArgumentHelp(
            "The network that looks at what is found: none, own, or the path of an ONNX file; the "
                + "site file's own choice unless given.",
            valueName: "model"
        )
    )
    var model: String?

    @Flag(help: "Print JSON for programs.")
    var json = false

    @Argument(help: ArgumentHelp("The video, or a folder with truth.json.", valueName: "recording"))
    var recording: String

    func validate() throws {
        try asked.check(hasSite: site != nil)
        if site == nil, camera != nil {
            throw ValidationError("--camera picks a camera of --site FILE; give both.")
        }
    }

    func run() throws {
        do {
            let (replay, question) = try prepared()
            let answer = try replay.explain(question)
            let file = picture ?? Self.name(of: answer.explanation)
            try Self.write(answer.jpeg, to: file)
            if json {
                let text = String(decoding: try answer.explanation.json(), as: UTF8.self)
                Console.output(text)
            } else {
                Console.output("\(ExplanationText(answer.explanation))")
                Console.output("\npicture in \(file)")
            }
            if asked.alert != nil, !answer.explanation.conclusion.isAlert {
                Console.error("warning: this replay has no such alert open at that place and time")
            }
        } catch let exit as ExitCode {
            throw exit
        } catch {
            Console.error("error: \(error)")
            throw ExitCode.failure
        }
    }

    /// The replay that was asked for, and the question.
    private func prepared() throws -> (PlaceReplay, PlaceReplay.Question) {
        guard let site else {
            let folder = URL(fileURLWithPath: recording, isDirectory: true)
            let clip = try ExplainedClip(folder: folder)
            if let event = asked.event {
                let (question, zone) = try clip.question(ofEvent: event)
                return (try replay(clip.video.path, clip.camera, zone, .own), question)
            }
            let question = try asked.question().question
            return (try replay(clip.video.path, clip.camera, nil, .own), question)
        }
        let configuration = try SiteLoading.load(site)
        let (question, zone, owner) = try asked.question()
        let requested = (camera ?? owner).map { CameraID(rawValue: $0) }
        let camera = try CameraMatching.camera(
            of: recording,
            requested: requested,
            in: configuration
        )
        if let owner, owner != camera.id.rawValue {
            throw PipelineError(
                .invalidInput,
                "the alert is of camera \(owner), not of \(camera.id.rawValue)"
            )
        }
        return (try replay(recording, camera, zone, configuration.model), question)
    }

    private func replay(
        _ video: String,
        _ camera: CameraConfiguration,
        _ usualZone: ZoneID?,
        _ usualModel: ModelChoice
    ) throws -> PlaceReplay {
        PlaceReplay(
            video: video,
            camera: camera,
            model: try LearnedModel.load(model.map { ModelChoice($0) } ?? usualModel),
            start: startTime?.instant,
            zone: zone.map { ZoneID(rawValue: $0) } ?? usualZone
        )
    }

    private static func name(of explanation: Explanation) -> String {
        let stem = (explanation.video as NSString).deletingPathExtension
        return "explain-\(stem)-\(TestResult.plain(explanation.seconds)).jpg"
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw PipelineError(
                .unavailable,
                "\(path): the picture cannot be written; give another place with --picture",
                cause: error
            )
        }
    }
}
