/// Dimensions that were merged while a plan is made, so that they can be taken apart again.
///
/// Exporters write shapes as constants. `[24, 2, 1936]`, made of `[1, 48, 44, 44]`, is taken apart
/// later as `[2, 1, 24, 44, 44]`. For an input of another size the 1936 is another number, and
/// which rows and columns it is made of can be known from the merge only.
final class ReshapeMemory {
    private var merged: [(exported: [Int], actual: [Int])] = []

    /// Remembers dimensions that become one.
    func merge(_ exported: [Int], _ actual: [Int]) {
        merged.append((exported, actual))
    }

    /// What dimensions written at export become where their product is another now.
    func split(_ exported: [Int], product: Int) -> [Int]? {
        merged.last { $0.exported == exported && $0.actual.reduce(1, *) == product }?.actual
    }
}
