/// A Kalman filter of one coordinate with constant velocity; units are pixels and seconds.
struct Kalman: Hashable, Codable {
    /// Estimated position and velocity.
    private(set) var position: Double
    private(set) var velocity = 0.0
    private var positionVariance: Double
    private var velocityVariance: Double
    private var covariance = 0.0

    /// Starts at a measured position, standing still as far as is known.
    init(position: Double, deviation: Double) {
        self.position = position
        positionVariance = deviation * deviation
        velocityVariance = 100 * deviation * deviation
    }

    /// Moves on by a span, with that spectral density of acceleration.
    mutating func predict(seconds: Double, acceleration: Double) {
        position += velocity * seconds
        let square = seconds * seconds
        positionVariance +=
            2 * seconds * covariance + square * velocityVariance
            + acceleration * square * seconds / 3
        covariance += seconds * velocityVariance + acceleration * square / 2
        velocityVariance += acceleration * seconds
    }

    /// Takes in a measured position with its deviation.
    mutating func correct(_ measured: Double, deviation: Double) {
        let gain = positionVariance / (positionVariance + deviation * deviation)
        let drift = covariance / (positionVariance + deviation * deviation)
        let surprise = measured - position
        position += gain * surprise
        velocity += drift * surprise
        velocityVariance -= drift * covariance
        covariance -= drift * positionVariance
        positionVariance -= gain * positionVariance
    }

    /// Lets it stand still where it is.
    mutating func rest() {
        velocity = 0
        covariance = 0
    }

    /// Moves by that share of its speed from now on.
    mutating func slow(to share: Double) {
        velocity *= share
    }
}
