import ParleyCore
import Testing

@testable import ParleyServer

@Suite("The pages", .timeLimit(.minutes(1)))
struct PageTests {
  @Test("the inbox may load and reach its own origin only, and nobody may frame it")
  func inbox() async throws {
    try await TestServer.runEmpty { server in
      let answer = try await Browser(port: server.port).get("/")
      #expect(answer.status == 200)
      let policy = try #require(answer["Content-Security-Policy"])
      #expect(policy.contains("default-src 'self'; connect-src 'self' ws://127.0.0.1:\(server.port);"))
      #expect(policy.contains("frame-ancestors 'none'"))
      #expect(!policy.contains("unsafe"))
      #expect(answer["Cross-Origin-Opener-Policy"] == "same-origin")
      #expect(answer["X-Content-Type-Options"] == "nosniff")
      #expect(answer["Cache-Control"] == "no-cache")
      #expect(answer["Strict-Transport-Security"] == nil)
    }
  }

  @Test("behind TLS browsers are told to stay there, and cookies too")
  func secure() async throws {
    try await TestServer.run(publicOrigin: "https://chat.example") { server, _ in
      var browser = Browser(port: server.port)
      browser.origin = "https://chat.example"
      let page = try await browser.get("/")
      #expect(page["Strict-Transport-Security"] == "max-age=31536000")
      #expect(page["Content-Security-Policy"]?.contains("wss://chat.example;") == true)
      let signedIn = try await browser.post("/api/session", SessionTests.credentials)
      #expect(signedIn["Set-Cookie"]?.hasSuffix("; Secure") == true)
    }
  }

  @Test("the widget's frame may stand on the site's origins, and nowhere for a site that has none")
  func frame() async throws {
    try await TestServer.run { server, _ in
      let browser = Browser(port: server.port)
      let site = try await server.site()
      let answer = try await browser.get("/widget/frame?site=\(site.key)")
      #expect(answer.status == 200)
      #expect(
        answer["Content-Security-Policy"]?.hasSuffix("frame-ancestors 'self' https://shop.example") == true)
      #expect(answer["Content-Type"]?.hasPrefix("text/html") == true)
      #expect(try await browser.get("/widget/frame?site=nobody").status == 404)
    }
  }

  @Test(
    "how the widget looks is told to the site's origins only",
    arguments: [
      (TestServer.website, 200), ("https://evil.example", 403), ("null", 403), (nil, 200),
    ] as [(String?, Int)])
  func site(origin: String?, status: Int) async throws {
    try await TestServer.run { server, _ in
      var browser = Browser(port: server.port)
      browser.origin = origin
      let answer = try await browser.get("/widget/site?site=\(try await server.site().key)")
      #expect(answer.status == status)
      #expect(answer["Access-Control-Allow-Origin"] == (status == 200 ? origin : nil))
      if status == 200 {
        #expect(answer["Vary"] == "Origin")
        #expect(try answer.json["name"] == "Acme")
        #expect(Conformity.faults(of: try answer.json["greetings"], against: .named("Greetings")) == [])
      } else {
        #expect(try answer.code == "origin.denied")
      }
    }
  }

  @Test("the loader and its modules may run on any website, and are not sent again unchanged")
  func loader() async throws {
    try await TestServer.runEmpty { server in
      let browser = Browser(port: server.port)
      let answer = try await browser.get("/widget.js")
      #expect(answer.status == 200)
      #expect(answer["Cross-Origin-Resource-Policy"] == "cross-origin")
      #expect(answer["Cache-Control"] == "public, max-age=300")
      let tag = try #require(answer["ETag"])
      let again = try await browser.get("/widget.js", ["If-None-Match": tag])
      #expect(again.status == 304)
      let module = try await browser.get("/widget/host/guest.js")
      #expect(module["Access-Control-Allow-Origin"] == "*")
    }
  }

  @Test(
    "only pages' files are served",
    arguments: [
      "/inbox.html", "/app/", "/app/../../Package.swift", "/app/%2e%2e/%2e%2e/Package.swift", "/app/.hidden",
      "/widget/../Package.swift", "/Package.swift", "/web/inbox.html",
    ])
  func onlyFiles(path: String) async throws {
    try await TestServer.runEmpty { server in
      let answer = try await Browser(port: server.port).get(path)
      #expect(answer.status == 404)
    }
  }
}
