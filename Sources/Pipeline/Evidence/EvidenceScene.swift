internal import Alerts
internal import Foundation
internal import Imaging
internal import Media
internal import Rules
internal import Scene
internal import Site

/// What all evidence of one stream has in common.
struct EvidenceScene: Sendable {
    let policy: EvidencePolicy
    let camera: CameraConfiguration
    let anchor: ClockAnchor
    let folder: String
    /// Under what everything is decided.
    let origin: EvidenceOrigin
    private let timeZone: TimeZone

    init(
        site: SiteConfiguration,
        camera: CameraConfiguration,
        anchor: ClockAnchor,
        folder: String,
        model: String?
    ) {
        policy = site.evidence
        self.camera = camera
        self.anchor = anchor
        self.folder = folder
        timeZone = TimeZone(identifier: site.timeZone) ?? .gmt
        origin = EvidenceOrigin(
            configuration: Digest.sha256(site.digestInput),
            model: model,
            clockQuality: anchor.quality
        )
    }

    /// Whether clips are made of this camera, or why not.
    var clipRefusal: String? {
        guard let clip = policy.clip, !camera.privacy.isEmpty, !clip.ignoresPrivacy else {
            return nil
        }
        return "the camera has privacy masks, which cannot be put into video as it came"
    }

    /// How much of the latest video has to be held; nil where nothing of it is asked for.
    var ringLimits: PacketRing.Limits? {
        let clip = clipRefusal == nil ? policy.clip : nil
        guard clip != nil || policy.arrival else { return nil }
        return PacketRing.Limits(
            span: clip.map { $0.before + $0.after + .seconds(2) } ?? .seconds(1),
            bytes: (clip ?? ClipPolicy()).ringBytes,
            landmarks: policy.arrival ? 300 : 0
        )
    }

    /// The picture with what nobody may see covered.
    func masked(_ picture: Picture) -> Picture {
        guard !camera.privacy.isEmpty else { return picture }
        var picture = picture
        for mask in camera.privacy { picture.fill(mask.polygon, ink: .cover) }
        return picture
    }

    /// Path of a file of evidence, relative to the data folder.
    func file(_ name: String) -> String { "evidence/\(camera.id.rawValue)/\(name)" }

    /// A moment by the site's clock; where no civil time is known, that of the recording.
    func text(of time: MediaTime) -> String {
        guard anchor.quality != .unknown else {
            let text = Instant(microseconds: time.microseconds).rfc3339.dropFirst(11).prefix(12)
            return "录像内 \(text)"
        }
        let instant = anchor.instant(at: time)
        let date = Date(timeIntervalSince1970: Double(instant.microseconds) / 1e6)
        let offset = timeZone.secondsFromGMT(for: date)
        let local = (instant + .seconds(Double(offset))).rfc3339
        let minutes = abs(offset) / 60
        let hours = "\(minutes / 60 < 10 ? "0" : "")\(minutes / 60)"
        let rest = "\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
        return "\(local.prefix(10)) \(local.dropFirst(11).prefix(12)) "
            + "\(offset < 0 ? "-" : "+")\(hours):\(rest)"
    }

    /// What the strip below a picture says, all but the mark.
    ///
    /// - Parameters:
    ///   - role: what the picture shows.
    ///   - time: when it was taken.
    ///   - about: the zone and what is the matter, or the fault.
    /// - Returns: short texts in the order in which they are shown.
    func fields(_ role: String, at time: MediaTime, about: [String]) -> [String] {
        var fields = [text(of: time), "图像 \(role)"]
        fields.append("地点 \(camera.location?.place ?? camera.name)")
        if let direction = camera.direction {
            let names = ["北", "东北", "东", "东南", "南", "西南", "西", "西北"]
            let name = names[Int((direction / 45).rounded()) % 8]
            fields.append("方向 \(name) \(Int(direction.rounded()))°")
        }
        fields.append("设备 \(camera.deviceID ?? camera.id.rawValue)")
        return fields + about
    }
}

extension Ink {
    /// An even grey that says that something is covered.
    fileprivate static let cover = Ink(luma: 96, blue: 128, red: 128)
}

extension ZoneKind {
    /// What is the matter, in Chinese.
    var evidenceText: String {
        switch self {
        case .noParking: "违规停放"
        case .fireLane: "占用消防通道"
        case .roadOccupation: "占道经营"
        case .waterDanger: "涉水危险"
        }
    }
}
