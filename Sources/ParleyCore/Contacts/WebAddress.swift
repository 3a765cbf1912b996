import Foundation

/// The address of a website as people type it.
enum WebAddress {
  /// On one line, and with `https://` before it where no scheme was typed.
  static func completed(_ typed: String) -> String {
    let text = typed.onOneLine
    guard !text.isEmpty, !text.contains("://") else { return text }
    return "https://\(text)"
  }

  /// Of `http` or `https`, with a host: what a page may link to.
  static func isOne(_ text: String) -> Bool {
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased() else { return false }
    return ["http", "https"].contains(scheme) && url.host?.isEmpty == false && !text.contains(" ")
  }
}
