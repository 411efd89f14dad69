// swift-tools-version: 6.1
import PackageDescription

// The kernels are compiled for one processor: the building machine's, unless MLPC_CPU names another
// (`x86-64-v3` for a binary to hand out). Without fused multiply-add they are 140 times slower.
let processor = Context.environment["MLPC_CPU"] ?? "native"
#if arch(arm64)
  let target = ["-Xcc", "-mcpu=\(processor)"]
#else
  let target = ["-Xcc", "-march=\(processor)"]
#endif

// Optimised as one module in debug builds too: a test that trains must not take minutes.
// The kernels also drop overflow and bounds checks; nothing that a user can cause reaches them.
let wholeModule = ["-wmo", "-num-threads", "2"]
let kernelSettings: [SwiftSetting] = [.unsafeFlags(["-Ounchecked"] + wholeModule + target)]
let librarySettings: [SwiftSetting] = [.unsafeFlags(["-O"] + wholeModule + target)]

let package = Package(
  name: "mlpc",
  products: [.executable(name: "mlpc", targets: ["mlpc"])],
  targets: [
    // The rooms, from the lowest up.
    .target(name: "MLPSyntax"),
    .target(
      name: "MLPTensor", dependencies: ["CProcessor"], swiftSettings: kernelSettings,
      linkerSettings: [.linkedLibrary("m")]),
    .target(
      name: "MLPLibrary", dependencies: ["MLPTensor", "CZlib"], swiftSettings: librarySettings),
    .target(name: "MLPRun", dependencies: ["MLPSyntax", "MLPTensor", "MLPLibrary"]),
    .executableTarget(
      name: "mlpc", dependencies: ["MLPRun", "MLPLibrary", "MLPSyntax"],
      linkerSettings: [
        // Starts in half the time, and on machines without Swift.
        .unsafeFlags(["-static-stdlib"], .when(platforms: [.linux], configuration: .release))
      ]),

    // What the system has.
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(name: "CProcessor"),

    // Tests, one target a room.
    .target(name: "MLPTestSupport", dependencies: ["MLPRun"], path: "Tests/MLPTestSupport"),
    .testTarget(name: "MLPSyntaxTests", dependencies: ["MLPSyntax", "MLPTestSupport"]),
    .testTarget(name: "MLPTensorTests", dependencies: ["MLPTensor", "MLPTestSupport"]),
    .testTarget(
      name: "MLPLibraryTests", dependencies: ["MLPLibrary", "MLPTestSupport"],
      exclude: ["Reference/constants.py"]),
    .testTarget(name: "MLPRunTests", dependencies: ["MLPRun", "MLPTestSupport"]),
    .testTarget(name: "mlpcTests", dependencies: ["mlpc", "MLPTestSupport"]),
  ]
)
