/// What a model may ask for at most; checked before anything of that size is allocated.
struct Limits: Sendable {
    /// Bytes of a model file.
    var fileBytes = 256 << 20
    /// Fields in the messages of a file, each of which may become an object.
    var fields = 500_000
    /// Bytes of one packed list of numbers whose elements grow when they are read.
    var packedBytes = 4 << 20
    /// Nodes of a graph.
    var nodes = 10_000
    /// Bytes of the memory in which a run works.
    var arenaBytes = 1 << 30
    /// Bytes of weights and other constants that a plan holds.
    var constantBytes = 1 << 30
    /// Multiplications of one run, and of folding constants.
    var multiplyAdds = 1 << 40
}
