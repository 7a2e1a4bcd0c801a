import Scene
import Testing

@testable import Pipeline

@Suite
struct CameraMatchingTests {
    private let ids = ["gate", "gate-east", "pond"].map { CameraID(rawValue: $0) }

    @Test(
        "A recording belongs to the camera that its name or folder says",
        arguments: [
            ("gate.mp4", "gate"), ("gate-monday.mp4", "gate"), ("gate_2.mkv", "gate"),
            ("gate.2026.mp4", "gate"), ("gate-east-1.mp4", "gate-east"), ("x/pond/1.mp4", "pond"),
            ("pond/gate-1.mp4", "gate"), ("gates.mp4", nil), ("a/b.mp4", nil),
        ]
    )
    func picks(video: String, expected: String?) throws {
        let picked = try CameraMatching.pick(for: video, requested: nil, from: ids)
        #expect(picked?.rawValue == expected)
    }

    @Test("The camera that was asked for goes before the name")
    func requested() throws {
        let pond = CameraID(rawValue: "pond")
        #expect(try CameraMatching.pick(for: "gate.mp4", requested: pond, from: ids) == pond)
    }

    @Test("A camera that the site does not have is refused by name")
    func unknown() {
        let error = #expect(throws: PipelineError.self) {
            try CameraMatching.pick(
                for: "a.mp4",
                requested: CameraID(rawValue: "roof"),
                from: ids
            )
        }
        #expect(error?.message == "the site has no camera roof; it has gate, gate-east, pond")
    }

    @Test("The only camera of a site takes every recording")
    func onlyOne() throws {
        let only = [CameraID(rawValue: "roof")]
        #expect(try CameraMatching.pick(for: "a.mp4", requested: nil, from: only) == only[0])
    }
}
