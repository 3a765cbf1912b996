import HTTPServer
import HTTPWire

/// The pages, and what they are made of: the files of `web/`, each with the policy it needs.
struct PageRoutes: Sendable {
  let files: StaticFiles
  let ownOrigin: OwnOrigin

  var routes: [Route] {
    [
      Route(.get, "/") { request, _ in inbox(request) },
      // Asked for by websites: fresh within minutes of an upgrade, yet no request at each page view.
      Route(.get, "/widget.js") { request, _ in guestFile("widget.js", "public, max-age=300", request) },
      Route(.get, "/widget/{path...}") { request, parameters in
        guestFile("widget/" + (parameters["path"] ?? ""), "no-cache", request)
      },
    ] + ["favicon.svg", "icons.svg"].map(file) + ["app", "styles", "locales"].map(folder)
  }

  private func inbox(_ request: Request) -> Response {
    page("inbox.html", request) {
      SecurityFields.inboxPolicy(webSockets: ownOrigin.webSocketSource(for: request))
    }
  }

  /// The conversation's page, for the websites that may frame it.
  func widgetFrame(_ request: Request, origins: [String]) -> Response {
    var response = page("widget/frame.html", request) {
      SecurityFields.framePolicy(
        webSockets: ownOrigin.webSocketSource(for: request), origins: origins)
    }
    // A page that isolates itself (COEP) may frame this one all the same.
    response.fields.set("Cross-Origin-Resource-Policy", "cross-origin")
    return response
  }

  private func page(_ path: String, _ request: Request, policy: () -> FieldValue) -> Response {
    var response = answer(path, "no-cache", request)
    response.fields.set(.contentSecurityPolicy, policy())
    response.fields.set("Cross-Origin-Opener-Policy", "same-origin")
    if ownOrigin.isSecure(request) {
      response.fields.set("Strict-Transport-Security", SecurityFields.strictTransport)
    }
    return response
  }

  /// A file that runs as a guest in other origins' pages, or within the frame there.
  private func guestFile(_ path: String, _ caching: FieldValue, _ request: Request) -> Response {
    var response = answer(path, caching, request)
    // A module that another origin's page imports is fetched with CORS. It is the same for everyone and holds nothing private.
    response.fields.set("Access-Control-Allow-Origin", "*")
    response.fields.set("Cross-Origin-Resource-Policy", "cross-origin")
    return response
  }

  private func file(_ name: String) -> Route {
    Route(.get, "/" + name) { request, _ in answer(name, "no-cache", request) }
  }

  private func folder(_ name: String) -> Route {
    Route(.get, "/\(name)/{path...}") { request, parameters in
      answer(name + "/" + (parameters["path"] ?? ""), "no-cache", request)
    }
  }

  private func answer(_ path: String, _ caching: FieldValue, _ request: Request) -> Response {
    guard var response = files.response(path, for: request) else {
      return ErrorResponse(CallError.notFound).response
    }
    response.fields.set(.cacheControl, caching)
    return response
  }
}
