import Scene
import Site
import Testing

@Suite struct ModelTests {
    /// A site file with two cameras and more lines at its end.
    private static func file(_ more: String) -> String {
        """
        version: 1
        site: {id: town}
        cameras:
          - {id: gate, zones: []}
          - {id: quay, zones: []}
        \(more)
        """
    }

    @Test(
        "The model is a word or the path of a file, relative to the site file",
        arguments: [
            ("", ModelChoice.own), ("model: own", .own), ("model: none", .none),
            ("model: yolox_nano.onnx", .file("/etc/patrol/yolox_nano.onnx")),
            ("model: /opt/yolox_nano.onnx", .file("/opt/yolox_nano.onnx")),
        ]
    )
    func choice(line: String, expected: ModelChoice) throws {
        let site = try Samples.site(Self.file(line), file: "/etc/patrol/site.yaml")
        #expect(site.model == expected)
    }

    @Test("Looks are shared by the cameras, each within its own limit")
    func looks() throws {
        func share(_ line: String) throws -> [Double] {
            try Samples.site(Self.file(line)).cameras.map(\.looksPerSecond)
        }
        #expect(try share("") == [4, 4])
        #expect(try share("looks: {perCamera: 2}") == [2, 2])
        #expect(try share("looks: {perSite: 5}") == [2.5, 2.5])
        #expect(try share("looks: {perCamera: 0}") == [0, 0])
    }

    @Test(
        "Mistakes in model and looks are reported",
        arguments: [
            Mistake(
                file("model: owm"),
                "6:8: model: \"owm\" is no model; did you mean own?"
            ),
            Mistake(
                file("model: net.pt"),
                "6:8: model: \"net.pt\" is no model; write none, own, or the path of a file that "
                    + "ends in .onnx"
            ),
            Mistake(
                file("looks: {perCamera: -1}"),
                "6:20: looks.perCamera: \"-1\" is out of range; write 0 to 100 looks a second"
            ),
        ]
    )
    func reports(mistake: Mistake) {
        #expect(Samples.reports(mistake.text) == [mistake.report])
    }

    @Test("The settings of an operator's model are read, what is not written is usual")
    func settings() throws {
        let settings = try ModelSettings.parse(
            text: """
                input: {width: 320, height: 192}
                decoder: yolox
                labels:
                  person: 0
                  vehicle: [2, 5, 7]
                  two_wheeler: [1, 3]
                """,
            file: "net.yaml"
        )
        #expect(
            settings
                == ModelSettings(
                    width: 320,
                    height: 192,
                    decoder: .yolox,
                    labels: [.person: [0], .vehicle: [2, 5, 7], .twoWheeler: [1, 3]]
                )
        )
        let other = try ModelSettings.parse(
            text: """
                input: {width: 50, height: 50}
                mean: [103.5, 116.3, 123.7]
                scale: [0.017, 0.0175, 0.0174]
                channelOrder: rgb
                decoder: classifier
                labels: {boat: 8}
                """,
            file: "net.yaml"
        )
        #expect(other.mean == [103.5, 116.3, 123.7])
        #expect(other.channelOrder == .rgb)
    }

    @Test(
        "Mistakes in the settings of a model are reported",
        arguments: [
            (
                "decoder: yolox\nlabels: {person: 0}",
                "1:1: input: is missing; write input: {width: 320, height: 320}"
            ),
            (
                "input: {width: 300, height: 320}\ndecoder: yolox\nlabels: {person: 0}",
                "1:8: input: is 300 by 320; a detector needs multiples of 32"
            ),
            (
                "input: {width: 320, height: 320}\ndecoder: yolov9\nlabels: {person: 0}",
                "2:10: decoder: \"yolov9\" is not a decoder; did you mean yolox?"
            ),
            (
                "input: {width: 320, height: 320}\ndecoder: yolox\nlabels: {persons: 0}",
                "3:10: labels.persons: \"persons\" is not a key of this place; did you mean person?"
            ),
            (
                "input: {width: 320.5, height: 320}\ndecoder: yolox\nlabels: {person: 0}",
                "1:16: input.width: \"320.5\" is no whole number; write 320"
            ),
        ]
    )
    func settingsReports(text: String, report: String) {
        do {
            _ = try ModelSettings.parse(text: text, file: "net.yaml")
            Issue.record("no mistake was found")
        } catch {
            #expect(error.diagnostics.map(\.description) == ["net.yaml:" + report])
        }
    }

    @Test("The settings of a model that is not there name the file")
    func missing() {
        #expect {
            try ModelSettings.load(besideModel: "/nowhere/net.onnx")
        } throws: { "\($0)".contains("/nowhere/net.yaml") }
    }
}
