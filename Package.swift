// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// The kernels compare and clamp millions of bytes a second on plain arrays of their own:
/// exclusivity is proven by their shape, and its run-time check costs up to five times the work.
let kernels: [SwiftSetting] = strict + [.unsafeFlags(["-enforce-exclusivity=unchecked"])]

func target(
    _ name: String,
    _ dependencies: [Target.Dependency] = [],
    settings: [SwiftSetting] = strict
) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
    _ name: String,
    _ dependencies: [Target.Dependency],
    resources: [Resource] = []
) -> Target {
    .testTarget(
        name: name,
        dependencies: dependencies,
        resources: resources,
        swiftSettings: strict
    )
}

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)

// One source folder, compiled once for each instruction set: `KernelsAVX2` and `KernelsAVX512` are
// links to `KernelsBaseline`. Other processors have the baseline alone.
#if arch(x86_64)
let wideKernels: [Target] = [
    target(
        "KernelsAVX2",
        ["KernelWork"],
        settings: kernels + [
            .define("LANES8"), .define("FMA"), .unsafeFlags(["-Xcc", "-march=haswell"]),
        ]
    ),
    target(
        "KernelsAVX512",
        ["KernelWork"],
        settings: kernels + [
            .define("LANES16"), .define("FMA"), .unsafeFlags(["-Xcc", "-march=skylake-avx512"]),
        ]
    ),
]
#else
let wideKernels: [Target] = []
#endif

let package = Package(
    name: "smartpatrol",
    products: [
        .executable(name: "patrol", targets: ["patrol"]),
        .executable(name: "scenegen", targets: ["scenegen"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: wideKernels + [
        target(
            "Kernels",
            ["CInstructionSet", "KernelWork", "KernelsBaseline"]
                + wideKernels.map { .byName(name: $0.name) }
        ),
        .systemLibrary(
            name: "CFFmpeg",
            pkgConfig: "libavformat",
            providers: [
                .apt(["libavcodec-dev", "libavformat-dev", "libavutil-dev", "libswscale-dev"])
            ]
        ),
        .systemLibrary(
            name: "CSodium",
            pkgConfig: "libsodium",
            providers: [.apt(["libsodium-dev"])]
        ),
        target("Scene"),
        target("Imaging", ["Scene"], settings: kernels),
        target("Media", ["CFFmpeg", "Imaging", "Scene"]),
        target("Detection", ["Imaging", "Inference", "Kernels", "Scene"], settings: kernels),
        .target(
            name: "ShippedModel",
            path: "Models",
            exclude: ["README.md", "crops.golden.json", "training"],
            sources: ["ShippedModel.swift"],
            resources: [.copy("crops.onnx")],
            swiftSettings: strict
        ),
        .target(name: "CInstructionSet"),
        target("KernelWork"),
        target("KernelsBaseline", ["KernelWork"], settings: kernels),
        target(
            "Inference",
            ["Kernels", .product(name: "SwiftProtobuf", package: "swift-protobuf")]
        ),
        target("Rules", ["Scene"]),
        target("Site", ["Rules", "Scene", .product(name: "Yams", package: "Yams")]),
        target("Alerts", ["CSodium", "Scene", .product(name: "GRDB", package: "GRDB.swift")]),
        target(
            "Pipeline",
            [
                "Alerts", "Detection", "Imaging", "Inference", "Media", "Rules", "Scene",
                "ShippedModel", "Site", .product(name: "Logging", package: "swift-log"),
            ]
        ),
        target(
            "Evaluation",
            ["Detection", "Imaging", "Media", "Pipeline", "Rules", "Scene", "Site"]
        ),
        .executableTarget(
            name: "patrol",
            dependencies: [
                "Alerts", "Detection", "Evaluation", "Inference", "Kernels", "Media", "Pipeline",
                "Rules", "Scene", "Site", argumentParser,
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "scenegen",
            dependencies: ["Imaging", "Media", "Scene", argumentParser],
            swiftSettings: strict
        ),
        tests("SceneTests", ["Scene"]),
        tests("ImagingTests", ["Imaging", "Scene"]),
        tests(
            "MediaTests",
            ["CFFmpeg", "Imaging", "Media", "Scene"],
            resources: [.copy("Support")]
        ),
        tests(
            "DetectionTests",
            ["Detection", "Imaging", "Inference", "Kernels", "Scene", "ShippedModel"],
            resources: [.copy("Networks")]
        ),
        tests("KernelsTests", ["Kernels"]),
        tests(
            "InferenceTests",
            ["Inference", "Kernels", .product(name: "SwiftProtobuf", package: "swift-protobuf")],
            resources: [.copy("Golden")]
        ),
        tests("RulesTests", ["Rules", "Scene"]),
        tests("SiteTests", ["Rules", "Scene", "Site"]),
        tests("AlertsTests", ["Alerts", "Scene", .product(name: "GRDB", package: "GRDB.swift")]),
        tests(
            "PipelineTests",
            [
                "Alerts", "Detection", "Imaging", "Media", "Pipeline", "Rules", "Scene", "Site",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        tests(
            "EvaluationTests",
            ["Detection", "Evaluation", "Imaging", "Media", "Pipeline", "Rules", "Scene", "Site"],
            resources: [.copy("Fixtures")]
        ),
        tests("CommandTests", ["Alerts", "Scene"]),
        tests(
            "ScenegenTests",
            ["Alerts", "Imaging", "Media", "Pipeline", "Rules", "Scene", "Site", "scenegen"]
        ),
    ]
)
