internal import CInstructionSet
internal import Foundation

/// The vector instructions that a kernel is compiled for; each includes those before it.
public enum InstructionSet: String, Sendable, CaseIterable, Comparable {
    /// 4 lanes, no fused multiply-add: every x86-64, and the stand-in on other processors.
    case sse2
    /// 8 lanes with fused multiply-add.
    case avx2
    /// 16 lanes with fused multiply-add.
    case avx512

    /// The sets that processor and operating system can run, weakest first.
    public static let available: [Self] = {
        #if arch(x86_64)
        let level = Int(instruction_set_level())
        #else
        let level = 0
        #endif
        return Array(allCases.prefix(level + 1))
    }()

    /// The strongest available set, or what the environment's `SMARTPATROL_ISA` lowers it to.
    public static let best: Self = {
        let strongest = available.last ?? .sse2
        let wish = ProcessInfo.processInfo.environment["SMARTPATROL_ISA"].flatMap(Self.init)
        return wish.map { min($0, strongest) } ?? strongest
    }()

    /// Compares by strength.
    public static func < (left: Self, right: Self) -> Bool {
        left.level < right.level
    }

    private var level: Int {
        switch self {
        case .sse2: 0
        case .avx2: 1
        case .avx512: 2
        }
    }
}
