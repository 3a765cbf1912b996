import Foundation
import HTTPServer
import HTTPWire
import Testing

@Suite("Files are served as they are, and nothing beside them")
struct StaticFilesTests {
  /// A directory with files, and the answers of a server for it.
  private static func serve(_ body: @Sendable (URL, Wire) async throws -> Void) async throws {
    let base = FileManager.default.temporaryDirectory.appending(path: "files-\(UUID().uuidString)")
    let root = base.appending(path: "root")
    try FileManager.default.createDirectory(
      at: root.appending(path: "app/deep"), withIntermediateDirectories: true)
    defer {
      // A directory that stays behind in the temporary ones is no failure of what is tested.
      try? FileManager.default.removeItem(at: base)
    }
    for (path, text) in [
      ("secret.txt", "secret"), ("root/index.html", "<!doctype html>"),
      ("root/app/main.js", "export {}"),
      ("root/app/deep/a b.css", "a {}"), ("root/.env", "hidden"), ("root/app/.git", "hidden"),
      ("root/app/index.html", "app"),
    ] {
      try Data(text.utf8).write(to: base.appending(path: path))
    }
    try FileManager.default.createSymbolicLink(
      at: root.appending(path: "out.txt"), withDestinationURL: base.appending(path: "secret.txt"))
    try FileManager.default.createSymbolicLink(
      at: root.appending(path: "up"), withDestinationURL: base)
    let files = try StaticFiles(root: root.path())
    let route = Route(.get, "/{path...}") { request, parameters in
      files.response(parameters["path"] ?? "", for: request) ?? Response(.notFound)
    }
    try await RunningServer.with([route]) { server in
      try await body(root, try server.connect())
    }
  }

  private static func get(_ path: String, _ wire: Wire, fields: String = "") async -> (
    head: String, body: String
  ) {
    await wire.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n")
    return await wire.receiveResponse()
  }

  private static func tag(_ head: String) throws -> String {
    let line = try #require(head.split(separator: "\r\n").first { $0.hasPrefix("ETag: ") })
    return String(line.dropFirst(6))
  }

  @Test("a file comes with its type, its tag and no-cache")
  func types() async throws {
    try await Self.serve { root, wire in
      for (path, type, body) in [
        ("/", "text/html; charset=utf-8", "<!doctype html>"),
        ("/index.html", "text/html; charset=utf-8", "<!doctype html>"),
        ("/app/", "text/html; charset=utf-8", "app"),
        ("/app/main.js", "text/javascript; charset=utf-8", "export {}"),
        ("/app/deep/a%20b.css?v=1", "text/css; charset=utf-8", "a {}"),
      ] {
        let answer = await Self.get(path, wire)
        #expect(answer.head.hasPrefix("HTTP/1.1 200 "))
        #expect(answer.head.contains("Content-Type: \(type)\r\n"))
        #expect(answer.head.contains("Cache-Control: no-cache\r\n"))
        #expect(answer.body == body)
      }
    }
  }

  @Test("media types are those of the names' ends")
  func mediaTypes() async throws {
    try await Self.serve { root, wire in
      for (end, type) in [
        ("json", "application/json"), ("svg", "image/svg+xml"),
        ("webmanifest", "application/manifest+json"),
        ("png", "image/png"), ("woff2", "font/woff2"), ("MJS", "text/javascript; charset=utf-8"),
        ("unheard", "application/octet-stream"),
      ] {
        try Data().write(to: root.appending(path: "file.\(end)"))
        #expect(await Self.get("/file.\(end)", wire).head.contains("Content-Type: \(type)\r\n"))
      }
    }
  }

  @Test(
    "what lies outside, is hidden, a link or no file is not found",
    arguments: [
      "/../secret.txt", "/app/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
      "/app/..%2f..%2fsecret.txt",
      "/.env", "/app/.git", "/app/.git/", "/out.txt", "/up/secret.txt", "/up/root/index.html",
      "/app",
      "/app/deep",
      "/app//main.js", "//etc/passwd", "/app/./main.js", "/none.txt", "/app/deep/", "/app/main.js/",
      "/%2Fetc/passwd",
      "/..%5csecret.txt", "/index.html%20", "/\(String(repeating: "a", count: 5000))",
    ])
  func refused(_ path: String) async throws {
    try await Self.serve { _, wire in
      let answer = await Self.get(path, wire)
      #expect(answer.head.hasPrefix("HTTP/1.1 404 "))
      #expect(!answer.body.contains("secret"))
      #expect(await Self.get("/app/main.js", wire).body == "export {}")
    }
  }

  @Test("a tag that is known is answered by 304 without content")
  func notModified() async throws {
    try await Self.serve { _, wire in
      let tag = try Self.tag(await Self.get("/app/main.js", wire).head)
      #expect(tag.hasPrefix("\"") && tag.hasSuffix("\"") && tag.count > 10)
      for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
        let answer = await Self.get("/app/main.js", wire, fields: "If-None-Match: \(known)\r\n")
        #expect(answer.head.hasPrefix("HTTP/1.1 304 Not Modified\r\n"))
        #expect(try Self.tag(answer.head) == tag)
        #expect(!answer.head.contains("Content-Length"))
      }
      let other = await Self.get("/app/main.js", wire, fields: "If-None-Match: \"other\"\r\n")
      #expect(other.head.hasPrefix("HTTP/1.1 200 ") && other.body == "export {}")
    }
  }

  @Test(
    "a file that changes is seen at once, written anew or replaced; the same content keeps its tag")
  func changes() async throws {
    try await Self.serve { root, wire in
      let file = root.appending(path: "app/main.js")
      let first = try Self.tag(await Self.get("/app/main.js", wire).head)
      try Data("changed".utf8).write(to: file)
      let changed = await Self.get("/app/main.js", wire)
      #expect(changed.body == "changed")
      #expect(try Self.tag(changed.head) != first)
      try Data("export {}".utf8).write(to: file, options: .atomic)
      #expect(try Self.tag(await Self.get("/app/main.js", wire).head) == first)
      try FileManager.default.removeItem(at: file)
      #expect(await Self.get("/app/main.js", wire).head.hasPrefix("HTTP/1.1 404 "))
      try FileManager.default.createSymbolicLink(
        at: file, withDestinationURL: root.appending(path: "../secret.txt"))
      #expect(await Self.get("/app/main.js", wire).head.hasPrefix("HTTP/1.1 404 "))
    }
  }

  @Test(
    "a long file is sent from the disk, and HEAD tells its length",
    arguments: [(1 << 20) - 1, 1 << 20, (1 << 20) + 1, 5 << 20])
  func longFile(_ count: Int) async throws {
    try await Self.serve { root, wire in
      try Data(repeating: 0x61, count: count).write(to: root.appending(path: "long.txt"))
      for _ in 0..<2 {
        let answer = await Self.get("/long.txt", wire)
        #expect(answer.body.utf8.count == count)
      }
      let tag = try Self.tag(await Self.get("/long.txt", wire).head)
      #expect(
        await Self.get("/long.txt", wire, fields: "If-None-Match: \(tag)\r\n").head.hasPrefix(
          "HTTP/1.1 304 ")
      )
      await wire.send("HEAD /long.txt HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(await wire.receive(until: "\r\n\r\n").contains("Content-Length: \(count)\r\n"))
      #expect(await Self.get("/app/main.js", wire).body == "export {}")
    }
  }

  @Test("a directory that is none is a typed error")
  func noDirectory() {
    #expect(throws: ServerError.system(call: "open", errno: ENOENT)) {
      _ = try StaticFiles(root: "/none/such")
    }
  }
}
