internal import Foundation

/// An event of either sort, as the queue carries both in one order.
public enum QueueEvent: Hashable, Sendable {
    /// Something happened in front of a camera.
    case alert(AlertEvent)
    /// Something is wrong with a camera, or no longer.
    case health(HealthEvent)

    /// What the event has in common with those of the other sort.
    public var common: any ContractEvent {
        switch self {
        case .alert(let event): event
        case .health(let event): event
        }
    }

    /// The event that a line of the contract tells of, of whichever sort it is.
    ///
    /// - Throws: `AlertError` with `invalidData` where the line is no event of contract version 1.
    public init(jsonLine: String) throws(AlertError) {
        struct Head: Decodable { var type: String }
        let head = try? JSONDecoder().decode(Head.self, from: Data(jsonLine.utf8))
        if let head, head.type.hasPrefix(HealthEvent.typePrefix) {
            self = .health(try HealthEvent(jsonLine: jsonLine))
        } else {
            self = .alert(try AlertEvent(jsonLine: jsonLine))
        }
    }
}
