// swift-tools-version: 6.2
import PackageDescription

// Targets stand in the order of the data: from Markdown and the engine, through the stages, to the
// command line. A stage imports `BookModel` and never another stage.

/// What cells link against must compile as Embedded Swift as well.
let embeddable: [SwiftSetting] = [
  .treatWarning("EmbeddedRestrictions", as: .error)
]

/// The engine runs optimised even in a debug build: the tests train networks.
let engine: [SwiftSetting] = embeddable + [.unsafeFlags(["-O"])]

let package = Package(
  name: "nnbook",
  products: [
    .executable(name: "nnbook", targets: ["nnbook"]),
    .library(name: "NeuralNet", targets: ["NeuralNet"]),
    .library(name: "Notebook", targets: ["Notebook"]),
  ],
  traits: [
    .trait(
      name: "Remote",
      description: "nnbook build --remote: cells run on servers that speak the Remote Execution API"
    )
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // Neither fetched nor built without the trait `Remote`
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.3"),
    .package(url: "https://github.com/grpc/grpc-swift-nio-transport", from: "2.9.2"),
    .package(url: "https://github.com/grpc/grpc-swift-protobuf", from: "2.4.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-syntax", from: "603.0.1"),
  ],
  targets: [
    // Markdown
    .systemLibrary(
      name: "CMarkGFM", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .target(name: "Markdown", dependencies: ["CMarkGFM"]),

    // What cells import
    .target(
      name: "NeuralNetKernels",
      cSettings: [.unsafeFlags(["-O3", "-ffp-contract=off", "-fno-math-errno"])]),
    .target(
      name: "NeuralNet", dependencies: ["NeuralNetKernels"], swiftSettings: engine,
      // Square roots: a program that imports nothing else would not link the C library's part.
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    .target(
      name: "Notebook", dependencies: ["NeuralNet", "NeuralNetKernels"],
      // In WebAssembly records go to an imported function.
      swiftSettings: engine + [.enableExperimentalFeature("Extern")]),

    // The operating system, which nothing else of the builder speaks to
    .systemLibrary(
      name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .target(name: "HostSystem", dependencies: ["CSodium"]),

    // The stages
    .target(name: "BookModel"),
    .target(name: "ChapterParsing", dependencies: ["BookModel", "Markdown", "Yams"]),
    // Made for every module of a chapter, and slow unless optimised.
    .target(name: "Deflate", swiftSettings: [.unsafeFlags(["-O"])]),
    // Needs nothing that takes long to compile, so that the engine can be made beside the rest.
    .target(name: "EngineBuilding", dependencies: ["BookModel", "HostSystem"]),
    .target(
      name: "CellRunning",
      dependencies: [
        "BookModel", "HostSystem", "EngineBuilding", "Deflate",
        .product(name: "SwiftDiagnostics", package: "swift-syntax"),
        .product(name: "SwiftParser", package: "swift-syntax"),
        .product(name: "SwiftParserDiagnostics", package: "swift-syntax"),
        .product(name: "SwiftSyntax", package: "swift-syntax"),
      ]),
    .target(
      name: "PageRendering",
      dependencies: [
        "BookModel", "Markdown",
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "SwiftSyntax", package: "swift-syntax"),
        .product(name: "SwiftParser", package: "swift-syntax"),
        .product(name: "SwiftIDEUtils", package: "swift-syntax"),
      ],
      resources: [.embedInCode("Theme")]),
    // What several machines share, over HTTP
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .target(name: "SharedStores", dependencies: ["BookModel", "HostSystem", "CCurl"]),
    // Servers that run cells, over gRPC: empty without the trait `Remote`
    .target(
      name: "RemoteExecution",
      dependencies: [
        "BookModel", "HostSystem",
        .product(
          name: "SwiftProtobuf", package: "swift-protobuf", condition: .when(traits: ["Remote"])),
        .product(name: "GRPCCore", package: "grpc-swift-2", condition: .when(traits: ["Remote"])),
        .product(
          name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport",
          condition: .when(traits: ["Remote"])),
        .product(
          name: "GRPCProtobuf", package: "grpc-swift-protobuf",
          condition: .when(traits: ["Remote"])),
      ]),

    .target(
      name: "BookBuilding",
      dependencies: [
        "BookModel", "Deflate", "HostSystem", "EngineBuilding", "ChapterParsing", "CellRunning",
        "RemoteExecution", "SharedStores", "PageRendering",
      ]),
    .target(
      name: "BookEditing",
      dependencies: [
        "BookModel", "HostSystem", "ChapterParsing", "PageRendering", "CellRunning", "BookBuilding",
        .product(name: "SwiftSyntax", package: "swift-syntax"),
        .product(name: "SwiftParser", package: "swift-syntax"),
      ]),
    .executableTarget(
      name: "nnbook",
      dependencies: [
        "BookBuilding", "BookEditing", "BookModel", "HostSystem", "RemoteExecution",
        "SharedStores", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .executableTarget(
      name: "nnbook-engine", dependencies: ["BookModel", "EngineBuilding", "HostSystem"]),

    .executableTarget(
      name: "EngineBenchmarks", dependencies: ["NeuralNet"], path: "Benchmarks/EngineBenchmarks"),

    // Tests
    .target(name: "Support", path: "Tests/Support"),
    .target(name: "Fuzz", path: "Tests/Fuzz", resources: [.copy("Seeds")]),
    .testTarget(
      name: "NeuralNetTests", dependencies: ["NeuralNet", "Fuzz", "Support"],
      resources: [.copy("Golden")]),
    .testTarget(
      name: "NotebookTests", dependencies: ["Notebook", "NeuralNet", "Support"],
      resources: [.copy("Golden")]),
    .testTarget(
      name: "InterfaceTests",
      dependencies: [
        "Support",
        .product(name: "SwiftParser", package: "swift-syntax"),
        .product(name: "SwiftSyntax", package: "swift-syntax"),
      ]),
    .testTarget(
      name: "MarkdownTests", dependencies: ["Markdown", "Fuzz", "Support"],
      resources: [.copy("Golden")]),
    .testTarget(name: "HostSystemTests", dependencies: ["HostSystem"]),
    .testTarget(
      name: "EngineBuildingTests", dependencies: ["EngineBuilding", "BookModel", "HostSystem"]),
    .testTarget(
      name: "DeflateTests", dependencies: ["Deflate", "Support"], exclude: ["Golden"]),
    .testTarget(
      name: "ChapterParsingTests", dependencies: ["ChapterParsing", "BookModel", "Fuzz"]),
    .testTarget(
      name: "CellRunningTests",
      dependencies: [
        "CellRunning", "EngineBuilding", "ChapterParsing", "BookModel", "HostSystem", "Fuzz",
        "Support",
      ],
      exclude: ["Cases", "Live"]),
    .testTarget(
      name: "PageRenderingTests",
      dependencies: ["PageRendering", "ChapterParsing", "BookModel", "Support"],
      exclude: ["Golden"]),
    .testTarget(
      name: "BookEditingTests",
      dependencies: ["BookEditing", "BookBuilding", "ChapterParsing", "BookModel"]),
    .testTarget(
      name: "BookTests",
      dependencies: [
        "BookBuilding", "CellRunning", "ChapterParsing", "PageRendering", "BookModel",
        "HostSystem", "RemoteExecution", "SharedStores", "Fuzz", "Support", "nnbook",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
