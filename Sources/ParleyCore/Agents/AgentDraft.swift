import Foundation

/// An agent to be added.
package struct AgentDraft: Sendable, Hashable, Decodable {
  package var name: String
  package var email: String
  package var password: String
  package var role: Agent.Role

  package init(name: String, email: String, password: String, role: Agent.Role = .agent) {
    self.name = name
    self.email = email
    self.password = password
    self.role = role
  }

  static let nameLimit = 100
  static let passwordLeast = 8
  /// In bytes: libcrypt takes at most 511.
  static let passwordMostBytes = 500

  /// The checked name and address; what is wrong goes to `invalid`.
  func checked(_ invalid: inout Invalid) -> (name: String, email: EmailAddress)? {
    let name = Self.checkedName(name, &invalid)
    let email = EmailAddress(email)
    if email == nil {
      let isEmpty = self.email.trimmed.isEmpty
      invalid.add("email", isEmpty ? "agent.email.required" : "agent.email.invalid")
    }
    Self.checkPassword(password, &invalid)
    guard let name, let email else { return nil }
    return (name, email)
  }

  static func checkedName(_ typed: String, _ invalid: inout Invalid) -> String? {
    let name = typed.onOneLine
    if name.isEmpty {
      invalid.add("name", "agent.name.required")
    } else if name.unicodeScalars.count > nameLimit {
      invalid.add("name", "agent.name.too-long")
    } else {
      return name
    }
    return nil
  }

  /// Length is what makes a password strong (NIST SP 800-63B §5.1.1.2); the upper bound is for the hash's input.
  static func checkPassword(_ password: String, _ invalid: inout Invalid) {
    if password.unicodeScalars.count < passwordLeast {
      invalid.add("password", "agent.password.too-short")
    } else if password.utf8.count > passwordMostBytes {
      invalid.add("password", "agent.password.too-long")
    } else if password.unicodeScalars.contains("\0") {
      invalid.add("password", "agent.password.invalid")
    }
  }
}

extension Workspace {
  static let nameLimit = 100

  /// With a cleaned name; what is wrong goes to `invalid`.
  func checked(_ invalid: inout Invalid, nameField: String = "name") -> Workspace {
    var workspace = self
    workspace.name = name.onOneLine
    if workspace.name.isEmpty {
      invalid.add(nameField, "workspace.name.required")
    } else if workspace.name.unicodeScalars.count > Self.nameLimit {
      invalid.add(nameField, "workspace.name.too-long")
    }
    if TimeZone(name: timeZone) == nil { invalid.add("timeZone", "workspace.time-zone.invalid") }
    if Currency(code: defaultCurrency) == nil { invalid.add("defaultCurrency", "workspace.currency.invalid") }
    return workspace
  }
}

extension Preferences {
  func applying(_ change: PreferencesChange) -> Preferences {
    var preferences = self
    preferences.sendWith = change.sendWith ?? sendWith
    preferences.sound = change.sound ?? sound
    preferences.notifications = change.notifications ?? notifications
    preferences.language = change.language ?? language
    preferences.theme = change.theme ?? theme
    return preferences
  }
}
