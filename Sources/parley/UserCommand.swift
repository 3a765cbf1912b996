import ParleyCore

/// `parley user …`: what to do with the workspace's agents.
enum UserCommand: Sendable, Equatable {
  case add(email: String, name: String, role: Agent.Role)
  case password(email: String)
  case list

  init(_ invocation: Invocation) throws(UsageError) {
    guard let action = invocation.operands.first else { throw .missingOperand("add, password or list") }
    let email = invocation.operands.count > 1 ? invocation.operands[1] : nil
    switch action {
    case "add":
      guard let email else { throw .missingOperand("EMAIL") }
      self = .add(
        email: email,
        name: invocation[.name] ?? String(email.prefix { $0 != "@" }),
        role: try invocation.value(.role) { Agent.Role(rawValue: $0) } ?? .agent)
    case "password":
      guard let email else { throw .missingOperand("EMAIL") }
      self = .password(email: email)
    case "list":
      guard email == nil else { throw .unexpectedOperand(email ?? "") }
      self = .list
    default:
      throw .unknownCommand("user " + action)
    }
  }
}
