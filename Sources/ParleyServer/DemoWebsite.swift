import Foundation
package import HTTPServer
import HTTPWire

/// A website of someone else, for the demonstration: plain files on an origin of its own. In its pages `{{inbox}}` stands for the
/// address of the server whose widget it embeds, `{{socket}}` for the same for WebSockets, and `{{site}}` for the key of
/// the site there.
package struct DemoWebsite: Sendable {
  /// The pages by their path, filled in; few and small.
  private let pages: [String: [UInt8]]
  private let files: StaticFiles

  package init(root: String, inbox: String, siteKey: String) throws {
    files = try StaticFiles(root: root)
    var pages: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: root) where name.hasSuffix(".html") {
      let text = try String(contentsOfFile: root + "/" + name, encoding: .utf8)
        .replacing("{{inbox}}", with: inbox).replacing("{{site}}", with: siteKey)
        .replacing("{{socket}}", with: "ws" + inbox.dropFirst("http".count))
      pages["/" + name] = Array(text.utf8)
      pages["/" + name.dropLast(".html".count)] = Array(text.utf8)
    }
    pages["/"] = pages["/index.html"]
    self.pages = pages
  }

  package var router: Router {
    Router([
      Route(.get, "/{path...}") { request, parameters in answer(parameters["path"] ?? "", request) }
    ])
  }

  private func answer(_ path: String, _ request: Request) -> Response {
    if let page = pages["/" + path] {
      return Response(
        .ok, "text/html; charset=utf-8", page, fields: Fields([.cacheControl: "no-cache"]))
    }
    return files.response(path, for: request) ?? .text(.notFound, "There is no such page here.\n")
  }
}
