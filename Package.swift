// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
  name: "parley",
  products: [
    .executable(name: "parley", targets: ["parley"])
  ],
  targets: [
    .target(name: "CLinux", linkerSettings: [.linkedLibrary("crypt")]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "HTTPWire", swiftSettings: strict),
    .target(name: "HTTPServer", dependencies: ["HTTPWire", "CLinux"], swiftSettings: strict),
    .target(name: "SQLite", dependencies: ["CSQLite"], swiftSettings: strict),
    .target(
      name: "ParleyCore", dependencies: ["SQLite", "CLinux"], exclude: ["Docs.docc"],
      swiftSettings: strict),
    .target(
      name: "ParleyServer", dependencies: ["ParleyCore", "HTTPServer", "HTTPWire"],
      exclude: ["Docs.docc"], swiftSettings: strict),
    .executableTarget(name: "parley", dependencies: ["ParleyServer"], swiftSettings: strict),
    // The load generator; no product holds it.
    .executableTarget(name: "bench", dependencies: ["HTTPServer", "HTTPWire"], swiftSettings: strict),
    // The server alone, for other people's suites; no product holds it.
    .executableTarget(
      name: "conformance-server", dependencies: ["HTTPServer", "HTTPWire"],
      path: "Tests/Conformance/Server", swiftSettings: strict),
    .testTarget(name: "HTTPWireTests", dependencies: ["HTTPWire"], swiftSettings: strict),
    .testTarget(
      name: "HTTPServerTests", dependencies: ["HTTPServer", "HTTPWire"], swiftSettings: strict),
    .testTarget(name: "SQLiteTests", dependencies: ["SQLite"], swiftSettings: strict),
    .testTarget(
      name: "ParleyCoreTests", dependencies: ["ParleyCore", "SQLite"], swiftSettings: strict),
    .testTarget(
      name: "ParleyServerTests", dependencies: ["ParleyServer", "ParleyCore", "HTTPServer", "HTTPWire"],
      swiftSettings: strict),
    .testTarget(
      name: "parleyTests", dependencies: ["parley", "ParleyServer", "ParleyCore"], swiftSettings: strict),
    .testTarget(name: "ArchitectureTests", swiftSettings: strict),
  ]
)

// Needs libFuzzer, which brings its `main`: `./dev fuzz` alone builds it.
if Context.environment["PARLEY_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "fuzz", dependencies: ["ParleyServer", "ParleyCore", "HTTPWire"], path: "Tests/Fuzzing",
      swiftSettings: strict))
}
