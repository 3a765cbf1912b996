@testable import ParleyServer

/// A command is understood whole, or refused.
enum CommandFuzz {
  static func command(_ octets: [UInt8]) {
    // What is no command is refused by an error, which is an answer too.
    _ = try? ClientCommand(decoding: octets)
    _ = try? VisitorCommand(decoding: octets)
  }
}
