/// Takes events to one place outside.
///
/// One thread uses it. Its calls may block, each for a time that is bounded by the sink's timeout.
protocol Carrier: AnyObject {
    /// Takes events there in their order, and connects first where it must.
    ///
    /// May return before all are there without a failure; it is then called again with the rest.
    func deliver(_ parcels: ArraySlice<Parcel>) -> Delivery

    /// Waits about so long, and keeps the connection alive meanwhile or makes it.
    ///
    /// - Returns: why there is no connection, where there should be one.
    func idle(_ milliseconds: Int) -> DeliveryFailure?

    /// Says goodbye and closes the connection.
    func close()
}

/// What became of events that were handed to a carrier.
struct Delivery {
    /// How many of them, from the first on, have arrived for sure.
    var arrived: Int
    /// Why the next one did not.
    var failure: DeliveryFailure?
}

/// Why an event did not arrive.
struct DeliveryFailure: Error {
    /// What to do about it.
    enum Code {
        /// The place cannot be reached, or has no room, or does not let the program in: the same
        /// event again, for as long as it takes.
        case unavailable
        /// The place does not want this event: a few more times, then aside with it.
        case refused
    }

    let code: Code
    /// What happened, without secrets.
    let message: String
    /// How long the place asks to be left alone.
    var wait: Duration?

    init(_ code: Code, _ message: String, wait: Duration? = nil) {
        self.code = code
        self.message = message
        self.wait = wait
    }

    /// A secret that could not be read may be there the next time.
    init(_ error: SinkError) {
        self.init(.unavailable, error.message)
    }
}

/// Whether waiting has to end because the program does.
typealias StopCheck = @Sendable () -> Bool
