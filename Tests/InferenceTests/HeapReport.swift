import Foundation

/// What the C library says of its heap: sizes and numbers of free and used parts.
///
/// All memory that a report takes is allocated before it is written.
struct HeapReport {
    private typealias MallocInfo = @convention(c) (CInt, UnsafeMutablePointer<FILE>) -> CInt
    private static let size = 1 << 16

    private let characters: UnsafeMutablePointer<CChar>
    private let file: UnsafeMutablePointer<FILE>
    private let report: MallocInfo

    init() {
        let characters = UnsafeMutablePointer<CChar>.allocate(capacity: 2 * Self.size)
        characters.initialize(repeating: 0, count: 2 * Self.size)
        guard let file = fmemopen(characters, Self.size, "w"),
            let symbol = dlsym(nil, "malloc_info")
        else {
            preconditionFailure("the C library has fmemopen and malloc_info")
        }
        setvbuf(file, characters + Self.size, _IOFBF, Self.size)
        self.characters = characters
        self.file = file
        report = unsafeBitCast(symbol, to: MallocInfo.self)
    }

    func write() {
        precondition(report(0, file) == 0, "a report can be written")
        fflush(file)
    }

    var text: String { String(cString: characters) }
}
