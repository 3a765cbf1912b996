import Foundation

/// What stands in a file.
struct Bytes {
  private let data: Data

  init(of path: String) throws {
    data = try Data(contentsOf: URL(fileURLWithPath: path))
  }

  func contain(_ text: String) -> Bool {
    data.range(of: Data(text.utf8)) != nil
  }
}
