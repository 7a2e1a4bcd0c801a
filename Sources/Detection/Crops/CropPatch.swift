internal import Imaging

/// What the learned stage looks at: an object cut from the full picture, and what the background
/// shows in the same place.
///
/// A square around the box, a quarter larger than its longer side, so that shape and ground
/// contact stay as they are; 48 by 48 samples whatever its size. What lies beyond the picture
/// repeats its border.
public struct CropPatch: Hashable, Sendable {
    /// Columns and rows.
    public static let side = 48
    /// Y, U and V of the present picture, then of the background, exposure as in the background.
    public static let planes = 6
    /// Side of the square over the longer side of the box.
    static let margin = 1.25
    /// `planes * side * side` samples of 0 to 255, plane by plane, row by row.
    public let samples: [UInt8]

    /// Cuts a patch.
    ///
    /// - Parameters:
    ///   - now: the full picture.
    ///   - present: where the object is in it.
    ///   - tone: maps present levels to learned ones; nil where they are the same.
    ///   - behind: the learned background, of any size.
    ///   - learned: where the object is in the background.
    init(
        now: PictureView,
        at present: PictureRegion,
        tone: [UInt8]?,
        behind: PictureView,
        at learned: PictureRegion
    ) {
        let count = Self.side * Self.side
        samples = [UInt8](unsafeUninitializedCapacity: Self.planes * count) { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            let sources = [
                (now.luma, present), (now.blue, present), (now.red, present),
                (behind.luma, learned), (behind.blue, learned), (behind.red, learned),
            ]
            for (index, (plane, square)) in sources.enumerated() {
                square.sample(
                    plane,
                    into: base + index * count,
                    columns: Self.side,
                    rows: Self.side
                )
            }
            if let tone { for index in 0..<count { base[index] = tone[Int(base[index])] } }
            initialized = Self.planes * count
        }
    }
}
