import Glibc

/// A reader of octets that come from strangers. `./dev fuzz` builds and runs these with libFuzzer, which brings `main`, and names one in
/// `PARLEY_FUZZ`.
enum FuzzTarget: String {
  /// The octets of a connection.
  case request
  /// Content in the chunked coding, behind a head that says so.
  case chunked
  case frame
  case message
  /// What an inbox, and what a widget, says on its socket.
  case command
  /// A table that is imported.
  case csv

  static let chosen: FuzzTarget = {
    guard let name = getenv("PARLEY_FUZZ"), let target = FuzzTarget(rawValue: String(cString: name)) else {
      fatalError("PARLEY_FUZZ names no target")
    }
    return target
  }()

  func run(_ octets: [UInt8]) {
    switch self {
    case .request: RequestFuzz.request(octets)
    case .chunked: RequestFuzz.chunked(octets)
    case .frame: SocketFuzz.frame(octets)
    case .message: SocketFuzz.message(octets)
    case .command: CommandFuzz.command(octets)
    case .csv: TableFuzz.csv(octets)
    }
  }
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  FuzzTarget.chosen.run(Array(UnsafeBufferPointer(start: data, count: count)))
  return 0
}

/// The octets whole, and in the pieces that an input describes itself: its first octet says how long they are.
func divisions(_ octets: [UInt8]) -> (whole: [[UInt8]], pieces: [[UInt8]]) {
  guard let first = octets.first else { return ([[]], [[]]) }
  let rest = octets.dropFirst()
  let length = Int(first % 32) + 1
  let pieces = stride(from: rest.startIndex, to: rest.endIndex, by: length).map { start in
    Array(rest[start..<min(start + length, rest.endIndex)])
  }
  return ([Array(rest)], pieces)
}
