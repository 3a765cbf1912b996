import HTTPWire
import Testing

@testable import HTTPServer
@testable import ParleyServer

@Suite("The OpenAPI description", .timeLimit(.minutes(1)))
struct OpenAPITests {
  @Test("it tells of exactly the routes that there are, besides the pages' files")
  func paths() async throws {
    try await TestServer.runEmpty { server in
      let description = try await Browser(port: server.port).get("/api/openapi.json").json
      guard case .object(let paths) = description["paths"] else {
        Issue.record("there are no paths")
        return
      }
      var described: Set<String> = []
      for (path, item) in paths {
        guard case .object(let operations) = item else { continue }
        for method in operations.keys { described.insert("\(method.uppercased()) \(path)") }
      }
      let routed = server.service.router.routes.map { "\($0.method.rawValue) \($0.path)" }
      let files = ["/", "/widget.js", "/favicon.svg", "/icons.svg"]
      let interface = routed.filter { route in
        !route.hasSuffix("{path...}") && !files.contains { route == "GET \($0)" }
      }
      #expect(described == Set(interface))
      #expect(interface.count > 30)
    }
  }

  @Test("every shape that is referred to is there")
  func references() async throws {
    try await TestServer.runEmpty { server in
      let description = try await Browser(port: server.port).get("/api/openapi.json").json
      guard case .object(let schemas) = description["components"]["schemas"] else {
        Issue.record("there are no schemas")
        return
      }
      #expect(OpenAPITests.references(in: description) == Set(schemas.keys))
    }
  }

  private static func references(in value: JSONValue) -> Set<String> {
    switch value {
    case .object(let members):
      members.reduce(into: []) { found, member in
        if member.key == "$ref", let reference = member.value.string {
          found.insert(String(reference.split(separator: "/").last ?? ""))
        }
        found.formUnion(references(in: member.value))
      }
    case .array(let elements): elements.reduce(into: []) { $0.formUnion(references(in: $1)) }
    case .null, .bool, .integer, .number, .string: []
    }
  }
}
