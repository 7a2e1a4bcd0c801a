// This folder is compiled once for each instruction set. Nothing here may be a type of its own,
// generic, or a closure: what the compiler would emit for those is merged between the sets.

#if LANES16
typealias Vector = SIMD16<Float>
typealias Bits = SIMD16<UInt32>
#elseif LANES8
typealias Vector = SIMD8<Float>
typealias Bits = SIMD8<UInt32>
#else
typealias Vector = SIMD4<Float>
typealias Bits = SIMD4<UInt32>
#endif

/// Floats of a vector.
@inline(__always)
var lanes: Int {
    #if LANES16
    16
    #elseif LANES8
    8
    #else
    4
    #endif
}

@inline(__always)
func load(_ pointer: UnsafePointer<Float>) -> Vector {
    UnsafeRawPointer(pointer).loadUnaligned(as: Vector.self)
}

@inline(__always)
func load(_ pointer: UnsafeMutablePointer<Float>) -> Vector {
    UnsafeRawPointer(pointer).loadUnaligned(as: Vector.self)
}

@inline(__always)
func store(_ vector: Vector, _ pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: vector, as: Vector.self)
}

/// `sum + a * b`, fused where the set has an instruction for it.
///
/// Without one, the standard library's fused form is a function call for each lane.
@inline(__always)
func fused(_ sum: Vector, _ a: Vector, _ b: Vector) -> Vector {
    #if FMA
    sum.addingProduct(a, b)
    #else
    sum + a * b
    #endif
}

@inline(__always)
func larger(_ a: Vector, _ b: Vector) -> Vector {
    a.replacing(with: b, where: b .> a)
}

@inline(__always)
func smaller(_ a: Vector, _ b: Vector) -> Vector {
    a.replacing(with: b, where: b .< a)
}

/// Copies `count` floats, in ever smaller pieces.
@inline(__always)
func copy(_ from: UnsafePointer<Float>, _ to: UnsafeMutablePointer<Float>, _ count: Int) {
    var index = 0
    while index &+ lanes <= count {
        store(load(from + index), to + index)
        index &+= lanes
    }
    #if LANES16
    if index &+ 8 <= count {
        let part = UnsafeRawPointer(from + index).loadUnaligned(as: SIMD8<Float>.self)
        UnsafeMutableRawPointer(to + index).storeBytes(of: part, as: SIMD8<Float>.self)
        index &+= 8
    }
    #endif
    #if LANES16 || LANES8
    if index &+ 4 <= count {
        let part = UnsafeRawPointer(from + index).loadUnaligned(as: SIMD4<Float>.self)
        UnsafeMutableRawPointer(to + index).storeBytes(of: part, as: SIMD4<Float>.self)
        index &+= 4
    }
    #endif
    while index < count {
        to[index] = from[index]
        index &+= 1
    }
}
