import HTTPServer
import HTTPWire
import ParleyCore

/// What the widget's loader asks for on someone else's website.
struct WidgetRoutes: Sendable {
  let parley: Parley
  let pages: PageRoutes
  let ownOrigin: OwnOrigin

  private struct Launcher: Encodable {
    let name: String
    let greetings: Greetings
    let color: String
    let position: Site.Position
    let online: Bool
  }

  private static let site = Operation.Parameter(
    name: "site", schema: .string, summary: "The site's key.")

  var operations: [Operation] {
    [
      Operation(
        .get, "/widget/site", "How the widget looks on a website, for that website.",
        query: [WidgetRoutes.site],
        answer: .ok(
          .object([
            "name": .string, "greetings": .named("Greetings"), "color": .string,
            "position": .oneOf(strings: ["left", "right"]), "online": .boolean,
          ])), errors: ["origin.denied"]
      ) { call in try await launcher(call) },
      Operation(
        .get, "/widget/frame", "The conversation's page, for the site's websites to frame.",
        query: [WidgetRoutes.site], answer: .text
      ) { call in
        let site = try await site(call)
        return pages.widgetFrame(call.request, origins: site.origins)
      },
    ]
  }

  private func launcher(_ call: Call) async throws -> Response {
    let site = try await site(call)
    let origin = call.request.fields[.origin]
    if let origin {
      guard origin == ownOrigin.of(call.request) || site.allows(origin: origin) else {
        throw CallError.originDenied
      }
    }
    var response = try Response.json(
      .ok,
      Launcher(
        name: site.name, greetings: site.greetings, color: site.color, position: site.position,
        online: parley.presence.isAnyAgentOnline))
    if let origin {
      response.fields.append("Access-Control-Allow-Origin", FieldValue(legalizing: origin))
    }
    response.fields.append(.vary, "Origin")
    response.fields.set("Cross-Origin-Resource-Policy", "cross-origin")
    return response
  }

  private func site(_ call: Call) async throws -> Site {
    guard let site = try await parley.site(key: call.text("site")) else { throw CallError.notFound }
    return site
  }
}
