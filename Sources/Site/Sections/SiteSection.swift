internal import Rules
internal import Scene

extension Form<SiteConfiguration> {
    /// A whole site file.
    static var site: Form {
        .mapping { file in
            let version = file.required("version", .version, example: "1")
            let site = file.required("site", .siteHead, example: "{id: riverside}")
            // Without a time zone the rest is still read, for its own mistakes.
            let timeZone = site?.timeZone ?? "UTC"
            let model = file.optional("model", .model)
            let looks = file.optional("looks", .looks) ?? LookLimits()
            let handover =
                file.optional("dispatch", .handover) ?? HandoverPolicy(storms: StormPolicy())
            let defaults = file.optional("defaults", .defaults(timeZone: timeZone)) ?? [:]
            let cameras = file.required(
                "cameras",
                .list(
                    of: .camera(
                        defaults: defaults,
                        timeZone: timeZone,
                        ids: UniqueValues(),
                        devices: UniqueValues()
                    ),
                    count: 1...1000,
                    "cameras"
                ),
                example: "a list of cameras"
            )
            guard version != nil, let site, var cameras else { return nil }
            let share = looks.share(of: cameras.count)
            for index in cameras.indices { cameras[index].looksPerSecond = share }
            return SiteConfiguration(
                id: site.id,
                name: site.name,
                timeZone: site.timeZone,
                cameras: cameras,
                model: model ?? .own,
                looks: looks,
                handover: handover
            )
        }
    }
}

/// The section `site`.
struct SiteHead {
    var id: String
    var name: String
    var timeZone: String
}

extension Form<SiteHead> {
    static var siteHead: Form {
        .mapping { reader in
            let id = reader.required("id", .identifier, example: "riverside")
            let name = reader.optional("name", .text)
            let timeZone = reader.optional("timeZone", .timeZone) ?? "UTC"
            return id.map { SiteHead(id: $0, name: name ?? $0, timeZone: timeZone) }
        }
    }
}

extension Form<Int> {
    /// The version of the site file's own format.
    static var version: Form {
        .word("a version of the site file that this program reads", [("1", 1)])
    }
}

extension Form<[ZoneKind: ZoneSettings]> {
    /// Settings by zone kind, for all zones of the kind.
    static func defaults(timeZone: String) -> Form {
        .mapping { reader in
            var settings: [ZoneKind: ZoneSettings] = [:]
            for kind in ZoneKind.allCases {
                settings[kind] = reader.optional(
                    kind.rawValue,
                    .mapping { reader in
                        var settings = ZoneSettings(reader, timeZone: timeZone)
                        if kind == .waterDanger {
                            settings.water = WaterSettings(reader, timeZone: timeZone)
                        }
                        settings.checkQueue(reader, of: kind)
                        return settings
                    }
                )
            }
            return settings
        }
    }
}
