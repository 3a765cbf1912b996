import Foundation
import HTTPServer
import Testing

@Suite("The memory of the process")
struct ProcessMemoryTests {
  @Test("what is mapped of the program is given back, and is there again when it is used")
  func givesBack() throws {
    let before = try mapped()
    ProcessMemory.giveBack()
    #expect(try mapped() < before)
  }

  /// In KiB.
  private func mapped() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssFile:") })
    return try #require(line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) })
  }
}
