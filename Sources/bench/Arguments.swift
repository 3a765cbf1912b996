import HTTPServer

/// `bench SCENARIO --name value…`, as `./dev bench` gives it.
struct Arguments {
  let scenario: String
  private var values: [String: String] = [:]

  init(_ words: [String]) {
    guard let scenario = words.first else { fail("which scenario?") }
    self.scenario = scenario
    var rest = words.dropFirst()
    while let name = rest.popFirst() {
      guard name.hasPrefix("--"), let value = rest.popFirst() else { fail("\(name) lacks a value") }
      values[String(name.dropFirst(2))] = value
    }
  }

  func text(_ name: String, or usual: String? = nil) -> String {
    guard let value = values[name] ?? usual else { fail("--\(name) is missing") }
    return value
  }

  func number(_ name: String, or usual: Int? = nil) -> Int {
    guard let value = values[name].map({ Int($0) }) ?? usual else { fail("--\(name) wants a number") }
    return value
  }

  var port: UInt16 { UInt16(number("port")) }
  var seconds: Duration { .seconds(number("seconds", or: 5)) }
}
