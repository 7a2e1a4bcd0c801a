internal import Imaging

/// Burns the date and time into a picture's corner, as cameras do.
enum Clock {
    /// Five rows of three bits for 0 to 9, '-' and ':'.
    private static let glyphs: [Character: [UInt8]] = [
        "0": [7, 5, 5, 5, 7], "1": [2, 6, 2, 2, 7], "2": [7, 1, 7, 4, 7], "3": [7, 1, 7, 1, 7],
        "4": [5, 5, 7, 1, 1], "5": [7, 4, 7, 1, 7], "6": [7, 4, 7, 5, 7], "7": [7, 1, 1, 2, 2],
        "8": [7, 5, 7, 5, 7], "9": [7, 5, 7, 1, 7], "-": [0, 0, 7, 0, 0], ":": [0, 2, 0, 2, 0],
    ]

    /// Writes the moment `second` seconds after eight o'clock.
    static func burn(into picture: inout Picture, second: Int) {
        let (minutes, seconds) = (second / 60, second % 60)
        let text = "2026-05-01 08:\(pad(minutes)):\(pad(seconds))"
        var x = 12
        for character in text {
            if let rows = glyphs[character] {
                for (row, bits) in rows.enumerated() {
                    for column in 0..<3 where bits >> UInt8(2 - column) & 1 == 1 {
                        fill(&picture, x + column * 2, 10 + row * 2)
                    }
                }
            }
            x += 8
        }
    }

    private static func pad(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }

    private static func fill(_ picture: inout Picture, _ x: Int, _ y: Int) {
        for dy in 0..<3 {
            for dx in 0..<3 where picture.luma[x + dx, y + dy] < 225 {
                let isInk = dx < 2 && dy < 2
                picture.luma[x + dx, y + dy] = isInk ? 228 : 40
            }
        }
        picture.blue[x / 2, y / 2] = 128
        picture.red[x / 2, y / 2] = 128
    }
}
