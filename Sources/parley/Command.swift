import Foundation

/// What the program was asked to do, wholly understood before anything is touched.
enum Command: Sendable {
  case serve(ServeOptions)
  case demo(DemoOptions)
  case user(UserCommand, dataDirectory: String)
  case backup(file: String, dataDirectory: String)
  case check(file: String)
  case version
  case help(CommandHelp)

  /// - Throws: `UsageError`, at the first thing that is not understood.
  init(_ arguments: [String], environment: [String: String]) throws(UsageError) {
    var rest = arguments[...]
    guard let name = rest.popFirst() else { throw .missingCommand }
    switch name {
    case "serve":
      let invocation = try Invocation(
        rest, options: CommandHelp.serve.options, operandLimit: 0, environment: environment)
      self = invocation.wantsHelp ? .help(.serve) : .serve(try ServeOptions(invocation))
    case "demo":
      let invocation = try Invocation(
        rest, options: CommandHelp.demo.options, operandLimit: 0, environment: environment)
      self = invocation.wantsHelp ? .help(.demo) : .demo(try DemoOptions(invocation))
    case "user":
      let invocation = try Invocation(
        rest, options: CommandHelp.user.options, operandLimit: 2, environment: environment)
      self =
        invocation.wantsHelp
        ? .help(.user)
        : .user(try UserCommand(invocation), dataDirectory: ServeOptions.dataDirectory(invocation))
    case "backup":
      let invocation = try Invocation(
        rest, options: CommandHelp.backup.options, operandLimit: 1, environment: environment)
      if invocation.wantsHelp {
        self = .help(.backup)
      } else {
        guard let file = invocation.operands.first else { throw .missingOperand("FILE") }
        self = .backup(file: file, dataDirectory: ServeOptions.dataDirectory(invocation))
      }
    case "check":
      let invocation = try Invocation(
        rest, options: CommandHelp.check.options, operandLimit: 1, environment: environment)
      if invocation.wantsHelp {
        self = .help(.check)
      } else {
        guard let file = invocation.operands.first else { throw .missingOperand("FILE") }
        self = .check(file: file)
      }
    case "version", "--version":
      self = .version
    case "help", "--help", "-h":
      self = .help(try CommandHelp(naming: rest.first))
    default:
      throw .unknownCommand(name)
    }
  }
}
