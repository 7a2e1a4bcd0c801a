/// Whether it is dark where the camera looks, without wavering at dusk.
struct Darkness: Hashable, Codable {
    /// Whether it is dark now.
    private(set) var isDark = false
    /// For how long the other has shown, in seconds.
    private var otherwise = 0.0

    /// Mean level of a tile below which it lies in the dark.
    private static let level: UInt8 = 48
    /// Share of dark tiles from which on it is dark, and below which it no longer is.
    private static let (dark, light) = (0.6, 0.4)
    /// Seconds for which the other must show.
    private static let patience = 5.0

    /// Takes in one picture.
    ///
    /// - Parameters:
    ///   - measures: what it is like.
    ///   - isInfrared: whether a camera that knows colour sees without it, by its lamp.
    ///   - seconds: time since the picture before.
    mutating func step(_ measures: PictureMeasures, isInfrared: Bool, seconds: Double) {
        guard !measures.tiles.isEmpty else { return }
        let dark = measures.tiles.count { $0 < Self.level }
        let share = Double(dark) / Double(measures.tiles.count)
        let shows = isInfrared || share >= (isDark ? Self.light : Self.dark)
        otherwise = shows == isDark ? 0 : otherwise + min(1, seconds)
        guard otherwise >= Self.patience else { return }
        isDark = shows
        otherwise = 0
    }
}
