import Foundation
import Glibc

/// Says what was measured, as one line of JSON.
func report(_ figures: [(String, Double)]) {
  let members = figures.map { "\"\($0)\": \(String(format: "%.6g", $1))" }
  // Whole at once, whoever reads: a pipe would keep what `print` says until it is full.
  FileHandle.standardOutput.write(Data("{\(members.joined(separator: ", "))}\n".utf8))
}

/// Ends the program: a load that does not do what it says measures nothing.
func fail(_ reason: String) -> Never {
  FileHandle.standardError.write(Data("bench: \(reason)\n".utf8))
  exit(1)
}
