import ParleyCore
import ParleyServer
import Testing

@testable import parley

@Suite("The command line")
struct CommandTests {
  static func serve(_ arguments: [String], _ environment: [String: String] = [:]) throws -> ServeOptions {
    guard case .serve(let options) = try Command(["serve"] + arguments, environment: environment) else {
      throw UsageError.missingCommand
    }
    return options
  }

  @Test("serve has defaults that work without any option")
  func defaults() throws {
    let options = try CommandTests.serve([])
    #expect(options.dataDirectory == "data")
    #expect(options.listen == Endpoint(host: "127.0.0.1", port: 8080))
    #expect(options.publicOrigin == nil)
    #expect(options.webRoot == nil)
    #expect(options.logFormat == .json)
    #expect(options.logLevel == .info)
    #expect(options.limitsVisitors)
  }

  @Test("an option is taken from the command line, with or without an equals sign, else from its variable")
  func sources() throws {
    #expect(try CommandTests.serve(["--data", "a"], ["PARLEY_DATA": "b"]).dataDirectory == "a")
    #expect(try CommandTests.serve(["--data=a=b"]).dataDirectory == "a=b")
    #expect(try CommandTests.serve([], ["PARLEY_DATA": "b"]).dataDirectory == "b")
    #expect(try CommandTests.serve([], ["PARLEY_DATA": ""]).dataDirectory == "data")
    #expect(
      try CommandTests.serve(["--trusted-proxy", "10.0.0.0/8", "--trusted-proxy", "::1"]).trustedProxies.count
        == 2)
    let proxies = try CommandTests.serve([], ["PARLEY_TRUSTED_PROXY": "10.0.0.0/8, ::1"]).trustedProxies
    #expect(proxies.count == 2)
  }

  @Test(
    "a public address is an origin",
    arguments: [
      ("https://chat.example", "https://chat.example"), ("HTTPS://Chat.Example:443/", "https://chat.example"),
      ("http://localhost:8080", "http://localhost:8080"), ("http://[::1]:80", "http://[::1]"),
    ])
  func publicURL(text: String, origin: String) throws {
    #expect(try CommandTests.serve(["--public-url", text]).publicOrigin == origin)
  }

  @Test(
    "an address to listen at is read",
    arguments: [
      ("0.0.0.0:80", "0.0.0.0:80", "http://localhost:80"), ("[::1]:8080", "[::1]:8080", "http://[::1]:8080"),
      ("localhost:0", "localhost:0", "http://localhost:0"),
    ])
  func listen(text: String, description: String, url: String) throws {
    let endpoint = try CommandTests.serve(["--listen", text]).listen
    #expect(endpoint.description == description)
    #expect(endpoint.url == url)
  }

  @Test(
    "what is not understood is told in one line",
    arguments: [
      ([], UsageError.missingCommand),
      (["sing"], .unknownCommand("sing")),
      (["serve", "--volume", "11"], .unknownOption("--volume")),
      (["serve", "-v"], .unknownOption("-v")),
      (["serve", "--data"], .missingValue("--data")),
      (["serve", "--data", "a", "--data", "b"], .repeatedOption("--data")),
      (["serve", "now"], .unexpectedOperand("now")),
      (["serve", "--listen", "nowhere"], .invalidValue(.listen, "nowhere")),
      (["serve", "--listen", "::1:80"], .invalidValue(.listen, "::1:80")),
      (["serve", "--listen", "example.com:80"], .invalidValue(.listen, "example.com:80")),
      (["serve", "--listen", "127.0.0.1:65536"], .invalidValue(.listen, "127.0.0.1:65536")),
      (["serve", "--trusted-proxy", "everyone"], .invalidValue(.trustedProxy, "everyone")),
      (["serve", "--public-url", "ftp://example.com"], .invalidValue(.publicURL, "ftp://example.com")),
      (["serve", "--public-url", "https://a/b"], .invalidValue(.publicURL, "https://a/b")),
      (["serve", "--log-format", "xml"], .invalidValue(.logFormat, "xml")),
      (["serve", "--visitor-limit", "maybe"], .invalidValue(.visitorLimit, "maybe")),
      (["user"], .missingOperand("add, password or list")),
      (["user", "add"], .missingOperand("EMAIL")),
      (["user", "add", "a@b.example", "--role", "king"], .invalidValue(.role, "king")),
      (["user", "list", "a@b.example"], .unexpectedOperand("a@b.example")),
      (["user", "remove", "a@b.example"], .unknownCommand("user remove")),
      (["backup"], .missingOperand("FILE")),
      (["help", "sing"], .unknownCommand("sing")),
    ])
  func misunderstood(arguments: [String], expected: UsageError) {
    #expect(throws: expected) { try Command(arguments, environment: [:]) }
    #expect(!expected.message.contains("\n"))
  }

  @Test("a user is named after their address unless told otherwise")
  func user() throws {
    guard
      case .user(let command, "d") = try Command(
        ["user", "add", "ben@acme.example", "--role", "owner", "--data", "d"], environment: [:])
    else {
      Issue.record("it is no user command")
      return
    }
    #expect(command == .add(email: "ben@acme.example", name: "ben", role: .owner))
  }

  @Test("the demonstration writes a quiet log for people")
  func demo() throws {
    guard case .demo(let options) = try Command(["demo"], environment: [:]) else {
      Issue.record("it is no demo command")
      return
    }
    #expect(options.serve.logFormat == .text)
    #expect(options.serve.logLevel == .warning)
    #expect(options.website == Endpoint(host: "127.0.0.1", port: 8081))
  }

  @Test("help tells of every option with its variable", arguments: CommandHelp.commands.map(\.name))
  func help(name: String) throws {
    guard case .help(let help) = try Command(["help", name], environment: [:]) else {
      Issue.record("it is no help")
      return
    }
    for option in help.options {
      #expect(help.text.contains("--\(option.name) "))
      #expect(help.text.contains(option.environmentVariable))
    }
  }
}
