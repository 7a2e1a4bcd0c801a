internal import KernelWork
internal import KernelsBaseline

#if arch(x86_64)
internal import KernelsAVX2
internal import KernelsAVX512
#endif

/// The functions of one instruction set.
struct KernelTable: Sendable {
    typealias Sliding = @Sendable (UnsafePointer<SlidingWork>) -> Void
    typealias Pairwise =
        @Sendable (
            UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int
        ) -> Void
    typealias Planewise =
        @Sendable (
            UnsafePointer<Float>, Int, Int, UnsafeMutablePointer<Float>
        ) -> Void
    typealias Activate =
        @Sendable (
            UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int, ActivationKind, Float, Float
        ) -> Void

    /// Floats of a vector.
    let lanes: Int
    let blockHeight: @Sendable (Int) -> Int
    let pointwise: Sliding
    let dense: Sliding
    let depthwise: Sliding
    let maxPool: Sliding
    let activate: Activate
    let add: Pairwise
    let multiply: Pairwise
    let averages: Planewise
    let doubleSize: Planewise
}

extension KernelTable {
    /// The functions of a set that this machine can run.
    static func of(_ set: InstructionSet) -> Self {
        precondition(
            InstructionSet.available.contains(set),
            "this machine cannot run \(set.rawValue) instructions"
        )
        #if arch(x86_64)
        return switch set {
        case .sse2: baseline
        case .avx2: avx2
        case .avx512: avx512
        }
        #else
        return baseline
        #endif
    }

    private static let baseline = Self(
        lanes: KernelsBaseline.vectorLanes(),
        blockHeight: KernelsBaseline.blockHeight,
        pointwise: KernelsBaseline.pointwise,
        dense: KernelsBaseline.dense,
        depthwise: KernelsBaseline.depthwise,
        maxPool: KernelsBaseline.maxPool,
        activate: KernelsBaseline.activate,
        add: KernelsBaseline.add,
        multiply: KernelsBaseline.multiply,
        averages: KernelsBaseline.averages,
        doubleSize: KernelsBaseline.doubleSize
    )

    #if arch(x86_64)
    private static let avx2 = Self(
        lanes: KernelsAVX2.vectorLanes(),
        blockHeight: KernelsAVX2.blockHeight,
        pointwise: KernelsAVX2.pointwise,
        dense: KernelsAVX2.dense,
        depthwise: KernelsAVX2.depthwise,
        maxPool: KernelsAVX2.maxPool,
        activate: KernelsAVX2.activate,
        add: KernelsAVX2.add,
        multiply: KernelsAVX2.multiply,
        averages: KernelsAVX2.averages,
        doubleSize: KernelsAVX2.doubleSize
    )

    private static let avx512 = Self(
        lanes: KernelsAVX512.vectorLanes(),
        blockHeight: KernelsAVX512.blockHeight,
        pointwise: KernelsAVX512.pointwise,
        dense: KernelsAVX512.dense,
        depthwise: KernelsAVX512.depthwise,
        maxPool: KernelsAVX512.maxPool,
        activate: KernelsAVX512.activate,
        add: KernelsAVX512.add,
        multiply: KernelsAVX512.multiply,
        averages: KernelsAVX512.averages,
        doubleSize: KernelsAVX512.doubleSize
    )
    #endif
}
