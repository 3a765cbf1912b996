/// One option of a command: its name on the command line, its environment variable, and its line in the help. The
/// parser and the help read the same table, so they cannot disagree.
struct Option: Sendable {
  let name: String
  let placeholder: String
  let summary: String
  var isRepeatable = false

  /// `--public-url` is `PARLEY_PUBLIC_URL`.
  var environmentVariable: String {
    "PARLEY_" + name.uppercased().replacing("-", with: "_")
  }
}

extension Option {
  static let data = Option(
    name: "data", placeholder: "DIR", summary: "where the database is kept (default: data)")
  static let listen = Option(
    name: "listen", placeholder: "ADDR:PORT", summary: "where to listen (default: 127.0.0.1:8080)")
  static let publicURL = Option(
    name: "public-url", placeholder: "URL",
    summary: "the address that browsers use, when a proxy stands in front")
  static let trustedProxy = Option(
    name: "trusted-proxy", placeholder: "CIDR",
    summary: "a proxy whose X-Forwarded-For and -Proto are believed; may be repeated", isRepeatable: true)
  static let web = Option(
    name: "web", placeholder: "DIR",
    summary: "the pages (default: web beside the program, or in the current directory)")
  static let logFormat = Option(
    name: "log-format", placeholder: "json|text", summary: "how to write the log (default: json)")
  static let logLevel = Option(
    name: "log-level", placeholder: "debug|info|warning|error", summary: "what to log (default: info)")
  static let visitorLimit = Option(
    name: "visitor-limit", placeholder: "on|off",
    summary: "whether a visitor's messages are limited to 5 a second (default: on)")
  static let privateWebhooks = Option(
    name: "private-webhooks", placeholder: "on|off",
    summary: "whether automations may call webhooks on this machine and its network (default: off)")
  static let website = Option(
    name: "website", placeholder: "ADDR:PORT",
    summary: "where to serve the demo website (default: 127.0.0.1:8081)")
  static let fixtures = Option(
    name: "fixtures", placeholder: "DIR",
    summary: "the demo workspace (default: fixtures beside web)")
  static let role = Option(
    name: "role", placeholder: "owner|agent", summary: "what the new agent may do (default: agent)")
  static let name = Option(
    name: "name", placeholder: "NAME", summary: "the new agent's name (default: the e-mail's first part)")
}
