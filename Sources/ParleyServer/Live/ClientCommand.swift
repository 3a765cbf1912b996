import Foundation

/// What an inbox may say on its socket (Interface.md, "The inbox's socket").
enum ClientCommand: Equatable, Sendable {
  /// `after` is the last sequence number that the client saw; nil asks for what comes from now on.
  case hello(after: Int64?)
  case postMessage(clientID: String, conversationID: Int64, isNote: Bool, text: String)
  case typing(conversationID: Int64, on: Bool)
  case read(conversationID: Int64, number: Int64)
  case ping

  /// - Throws: `CommandError` for anything that is not one of these, whole.
  init(decoding text: [UInt8]) throws(CommandError) {
    do {
      self = try JSONDecoder().decode(ClientCommand.self, from: Data(text))
    } catch {
      throw .malformed
    }
  }
}

/// A frame that the interface does not know. The socket is closed with 1008: its sender is not one of our clients.
enum CommandError: Error, Equatable {
  case malformed
  /// More than any page sends.
  case flood
}

extension ClientCommand: Decodable {
  private enum Key: String, CodingKey {
    case type, after, clientID, conversationID, kind, text, on, number
  }

  private enum Kind: String, Decodable {
    case text, note
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    switch try fields.decode(String.self, forKey: .type) {
    case "hello":
      self = .hello(after: try fields.decodeIfPresent(Int64.self, forKey: .after))
    case "message.post":
      self = .postMessage(
        clientID: try fields.decode(String.self, forKey: .clientID),
        conversationID: try fields.decode(Int64.self, forKey: .conversationID),
        isNote: try fields.decode(Kind.self, forKey: .kind) == .note,
        text: try fields.decode(String.self, forKey: .text))
    case "typing":
      self = .typing(
        conversationID: try fields.decode(Int64.self, forKey: .conversationID),
        on: try fields.decode(Bool.self, forKey: .on))
    case "read":
      self = .read(
        conversationID: try fields.decode(Int64.self, forKey: .conversationID),
        number: try fields.decode(Int64.self, forKey: .number))
    case "ping":
      self = .ping
    default:
      throw CommandError.malformed
    }
  }
}
