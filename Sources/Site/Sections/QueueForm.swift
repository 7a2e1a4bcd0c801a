internal import Rules
internal import Scene

/// What may be set of how lines of stopped vehicles are treated; nil where it is not set.
struct QueueSettings {
    var mode: QueueHandling.Mode?
    var patience: MediaSpan?

    /// These settings, completed by others.
    func completed(by others: QueueSettings?) -> QueueSettings {
        QueueSettings(mode: mode ?? others?.mode, patience: patience ?? others?.patience)
    }
}

extension Form<QueueSettings> {
    /// `automatic`, `on` or `off`, or that as `mode` together with a patience.
    static var queue: Form {
        .either(
            scalar: modes.map { QueueSettings(mode: $0) },
            mapping: .mapping { reader in
                let mode = reader.optional("mode", modes)
                let hour = MediaSpan.seconds(3600)
                let patience = reader.optional("patience", .duration(.zero...hour))
                return QueueSettings(mode: mode, patience: patience)
            }
        )
    }

    private static var modes: Form<QueueHandling.Mode> { .choice("a way to treat queues") }
}

extension ZoneSettings {
    /// Reports queue handling where nothing can queue.
    func checkQueue(_ reader: NodeReader, of kind: ZoneKind) {
        guard let queue, queue.mode != .off, !QueueHandling.concerns(kind) else { return }
        reader.value(of: "queue")?.report(
            "has no meaning for the kind \(kind.rawValue)",
            suggestion: "remove it; lines of vehicles are looked for in no_parking and fire_lane"
        )
    }
}
