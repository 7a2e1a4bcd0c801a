public import Scene

/// A site file, read and checked: the site and its cameras.
public struct SiteConfiguration: Sendable {
    /// Names the site in alerts.
    public var id: String
    /// What people call it.
    public var name: String
    /// IANA name of the site's time zone.
    public var timeZone: String
    /// At least one, in the order of the file; ids are unique.
    public var cameras: [CameraConfiguration]
    /// Which network looks at what the detector finds.
    public var model: ModelChoice
    /// How often it may look.
    public var looks: LookLimits
    /// How alerts are handed to those who send somebody.
    public var handover: HandoverPolicy
    /// The bytes of the file, for a digest that says which configuration was in force.
    public var digestInput: [UInt8]

    /// A site of these cameras.
    public init(
        id: String,
        name: String,
        timeZone: String = "UTC",
        cameras: [CameraConfiguration],
        model: ModelChoice = .own,
        looks: LookLimits = LookLimits(),
        handover: HandoverPolicy = HandoverPolicy(storms: StormPolicy()),
        digestInput: [UInt8] = []
    ) {
        self.id = id
        self.name = name
        self.timeZone = timeZone
        self.cameras = cameras
        self.model = model
        self.looks = looks
        self.handover = handover
        self.digestInput = digestInput
    }

    /// Reads and checks a site file.
    ///
    /// - Parameters:
    ///   - path: The file; paths of sources in it are relative to its folder.
    ///   - environment: Values for `${NAME}`; they are looked at and not kept.
    ///   - resolveSecrets: Whether a variable that is not set is a mistake. Pass false where the
    ///     sources are not opened.
    /// - Returns: The site.
    /// - Throws: `SiteError` with every mistake of the file.
    public static func load(
        path: String,
        environment: [String: String],
        resolveSecrets: Bool = true
    ) throws(SiteError) -> SiteConfiguration {
        let bytes = try SiteFile.read(path)
        let text = try SiteFile.decode(bytes, file: path)
        var site = try parse(
            text: text,
            file: path,
            environment: environment,
            resolveSecrets: resolveSecrets
        )
        site.digestInput = bytes
        return site
    }

    /// Reads and checks the text of a site file.
    ///
    /// - Parameters:
    ///   - text: YAML.
    ///   - file: What diagnostics call the file; its folder is where relative paths start.
    ///   - environment: Values for `${NAME}`; they are looked at and not kept.
    ///   - resolveSecrets: Whether a variable that is not set is a mistake.
    /// - Returns: The site.
    /// - Throws: `SiteError` with every mistake of the text.
    public static func parse(
        text: String,
        file: String,
        environment: [String: String],
        resolveSecrets: Bool = true
    ) throws(SiteError) -> SiteConfiguration {
        let reading = Reading(file: file, environment: resolveSecrets ? environment : nil)
        let site = reading.read(text, as: .site)
        guard reading.diagnostics.isEmpty, var site else {
            throw SiteError(reading.sortedDiagnostics)
        }
        site.digestInput = Array(text.utf8)
        return site
    }

    /// Every key that a site file may have, such as `cameras[].zones[].dwell`, in reading order.
    static var keyPaths: [String] {
        Reading.keyPaths(of: .site)
    }
}
