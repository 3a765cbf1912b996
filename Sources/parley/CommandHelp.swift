/// A command as `--help` tells of it: how it is written, what it does, and its options.
struct CommandHelp: Sendable, Equatable {
  let name: String
  let usage: String
  let summary: String
  var detail = ""
  var options: [Option] = []

  static let serving: [Option] = [
    .data, .listen, .publicURL, .trustedProxy, .web, .logFormat, .logLevel, .visitorLimit, .privateWebhooks,
  ]

  static let serve = CommandHelp(
    name: "serve", usage: "parley serve [options]", summary: "Serve the inbox and the widget.",
    detail: "The first start prints a one-time address that sets up the workspace and its owner.",
    options: serving)
  static let demo = CommandHelp(
    name: "demo", usage: "parley demo [options]",
    summary: "Serve a demo workspace, and a website with the widget on it.",
    detail: "An empty database is filled from the fixtures; one that holds a workspace is left as it is.",
    options: serving + [.website, .fixtures])
  static let user = CommandHelp(
    name: "user", usage: "parley user add|password|list [EMAIL] [options]",
    summary: "Add an agent, set an agent's password, or list the agents.",
    detail: "The password is asked for at the terminal, or read as one line from standard input.",
    options: [.data, .role, .name])
  static let backup = CommandHelp(
    name: "backup", usage: "parley backup FILE [options]",
    summary: "Write a consistent copy of the database, also while it is being served.", options: [.data])
  static let check = CommandHelp(
    name: "check", usage: "parley check FILE",
    summary: "Look over a database or a backup: its pages, its references, its counts and indexes.",
    detail: "Exits with 1 when something is wrong. The database may be served meanwhile; nothing is written.")
  static let version = CommandHelp(
    name: "version", usage: "parley version", summary: "Print the version.")
  static let overview = CommandHelp(
    name: "help", usage: "parley COMMAND [options]", summary: "A unified inbox with deals.")

  static let commands = [serve, demo, user, backup, check, version]

  init(
    name: String, usage: String, summary: String, detail: String = "", options: [Option] = []
  ) {
    self.name = name
    self.usage = usage
    self.summary = summary
    self.detail = detail
    self.options = options
  }

  /// The help on a command by its name; the overview for none.
  init(naming name: String?) throws(UsageError) {
    guard let name else {
      self = .overview
      return
    }
    guard let help = CommandHelp.commands.first(where: { $0.name == name }) else {
      throw .unknownCommand(name)
    }
    self = help
  }

  static func == (one: CommandHelp, other: CommandHelp) -> Bool {
    one.name == other.name
  }

  var text: String {
    var lines = ["Usage: \(usage)", "", summary]
    if !detail.isEmpty { lines.append(detail) }
    if name == CommandHelp.overview.name {
      lines += ["", "Commands:"]
      lines += CommandHelp.commands.map { "  \($0.name.padded(to: 10))\($0.summary)" }
      lines += ["", "'parley COMMAND --help' tells more."]
    }
    if !options.isEmpty {
      lines += ["", "Options, each also as an environment variable:"]
      for option in options {
        lines.append("  --\(option.name) \(option.placeholder)")
        lines.append("      \(option.summary)")
        lines.append("      \(option.environmentVariable)")
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
