import Scene
import Testing

@testable import Site

@Suite struct EvidenceTests {
    private func site(_ lines: String, camera: String = "") throws -> SiteConfiguration {
        try Samples.site(
            "version: 1\nsite: {id: town}\n\(lines)\n"
                + "cameras: [{id: gate, \(camera)zones: []}]"
        )
    }

    private func mistakes(_ lines: String) -> [String] {
        do throws(SiteError) {
            _ = try SiteConfiguration.parse(
                text: "version: 1\nsite: {id: town}\n\(lines)\ncameras: [{id: gate, zones: []}]",
                file: "site.yaml",
                environment: [:]
            )
            return []
        } catch {
            return error.diagnostics.map(\.description)
        }
    }

    @Test("What a site does not say is usual")
    func usual() throws {
        #expect(try site("").evidence == EvidencePolicy())
        #expect(try site("evidence: {}").evidence == EvidencePolicy())
        #expect(try site("").eventCodes.isEmpty)
    }

    @Test("Every setting is read")
    func settings() throws {
        let policy = try site(
            """
            evidence:
              overlay: off
              arrival: off
              closeUp: off
              composite: off
              wide: {count: 3, spacing: 1m}
              clip: {before: 20s, after: 30s, privacy: keep_unmasked, ringMegabytes: 8}
              keepDays: 10
              keepGigabytes: 2
            """
        )
        .evidence
        #expect(!policy.overlay && !policy.arrival && !policy.closeUp && !policy.composite)
        #expect(policy.wide == 3)
        #expect(policy.addedWithin == .seconds(180))
        let clip = ClipPolicy(
            before: .seconds(20),
            after: .seconds(30),
            ignoresPrivacy: true,
            ringBytes: 8 << 20
        )
        #expect(policy.clip == clip)
        #expect(policy.maximumAge == .seconds(864_000))
        #expect(policy.maximumBytes == 2 << 30)
        #expect(try site("evidence: {clip: off}").evidence.clip == nil)
    }

    @Test("Codes are taken as they are written, leading zeros included")
    func codes() throws {
        let codes = try site("eventCodes: {no_parking: \"0503\", water_danger: \"99001\"}")
            .eventCodes
        #expect(codes[.noParking]?.code == "0503")
        #expect(codes[.waterDanger]?.code == "99001")
        let free = try site("eventCodes: {profile: free, fire_lane: XF-01}").eventCodes
        #expect(free[.fireLane] == EventCode("XF-01", profile: .free))
    }

    @Test(
        "A code that its system does not have is refused with what to write",
        arguments: ["05-03", "503", "050301", "abcd", "0503 "]
    )
    func wrongCodes(code: String) throws {
        let found = mistakes("eventCodes: {no_parking: \"\(code)\"}")
        #expect(found.count == 1)
        #expect(found.first?.contains("4 or 5 digits") == true, "\(found)")
    }

    @Test("Privacy masks are polygons of a camera")
    func privacy() throws {
        let masked = try site("", camera: "privacy: [{polygon: [[0, 0], [1, 0], [1, 1]]}], ")
        #expect(masked.cameras[0].privacy.count == 1)
        #expect(mistakes("evidence: {wide: {count: 7}}").first?.contains("count") == true)
    }
}
