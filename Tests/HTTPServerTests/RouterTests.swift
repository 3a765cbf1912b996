import HTTPWire
import Testing

@testable import HTTPServer

@Suite("The table of routes leads to one row")
struct RouterTests {
  private static let router = Router(
    [
      (.get, "/"), (.get, "/api/deals"), (.post, "/api/deals"), (.get, "/api/deals/{id}"),
      (.patch, "/api/deals/{id}"), (.get, "/api/deals/search"),
      (.get, "/api/deals/{id}/notes/{note}"),
      (.get, "/api/{resource}/export"), (.get, "/{path...}"), (.get, "/widget/{path...}"),
    ].map { (method: Method, path: String) in Route(method, path) { _, _ in Response() } })

  private static func match(_ method: String, _ target: String) throws -> String {
    var parser = RequestParser()
    var offset = 0
    let octets = Array("\(method) \(target) HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    guard case .head(let head) = try parser.next(in: octets.span, at: &offset) else {
      return "no head"
    }
    switch router.match(head) {
    case .route(let row, let parameters):
      return router.routes[row].path + " "
        + zip(parameters.names, parameters.values).map { "\($0)=\($1)" }.joined(separator: ",")
    case .options(let methods): return "options " + methods.map(\.rawValue).joined(separator: ",")
    case .refused(.methodNotAllowed(let allow)):
      return "405 " + allow.map(\.rawValue).joined(separator: ",")
    case .refused(let refusal): return "\(refusal.status.code)"
    }
  }

  @Test(
    "literals win over parameters, parameters over the rest",
    arguments: [
      ("GET", "/", "/ "),
      ("GET", "/api/deals", "/api/deals "),
      ("GET", "/api/deals?x=/y", "/api/deals "),
      ("HEAD", "/api/deals", "/api/deals "),
      ("GET", "/api/%64eals", "/api/deals "),
      ("GET", "/api/deals/7", "/api/deals/{id} id=7"),
      ("GET", "/api/deals/search", "/api/deals/search "),
      ("PATCH", "/api/deals/a%20b", "/api/deals/{id} id=a b"),
      ("GET", "/api/deals/search/notes/2", "/api/deals/{id}/notes/{note} id=search,note=2"),
      ("GET", "/api/deals/export", "/api/deals/{id} id=export"),
      ("GET", "/api/contacts/export", "/api/{resource}/export resource=contacts"),
      ("GET", "/api/deals/", "/{path...} path=api/deals/"),
      ("GET", "/widget/a/b", "/widget/{path...} path=a/b"),
      ("GET", "/widget/", "/widget/{path...} path="),
      ("GET", "/widget", "/{path...} path=widget"),
      ("GET", "http://a", "/ "),
      ("PUT", "/api/deals", "405 GET,HEAD,POST,OPTIONS"),
      ("POST", "/api/deals/search", "405 GET,HEAD,OPTIONS"),
      ("OPTIONS", "/api/deals/7", "options GET,HEAD,PATCH,OPTIONS"),
      ("OPTIONS", "*", "options GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS"),
      ("GET", "/api/deals/%ff", "404"),
    ])
  func matches(_ method: String, _ target: String, _ outcome: String) throws {
    #expect(try Self.match(method, target) == outcome)
  }

  @Test("without a rest, what is not in the table is not found")
  func notFound() throws {
    let router = Router([Route(.get, "/a/{b}") { _, _ in Response() }])
    for target in ["/", "/a", "/a/", "/a/b/c", "/b/a"] {
      var parser = RequestParser()
      var offset = 0
      let octets = Array("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
      guard case .head(let head) = try parser.next(in: octets.span, at: &offset) else { continue }
      guard case .refused(.notFound) = router.match(head) else {
        Issue.record("\(target) is found")
        continue
      }
    }
  }

  @Test("a refusal keeps its status and its fields, however it is rendered")
  func refusals() {
    let router = Router([]) { _ in Response(.ok, "text/plain", [1]) }
    let response = router.response(to: .methodNotAllowed(allow: [.get, .head]))
    #expect(response.status == .methodNotAllowed)
    #expect(response.fields[.allow] == "GET, HEAD")
    #expect(response.fields[.contentType] == "text/plain")
  }
}
