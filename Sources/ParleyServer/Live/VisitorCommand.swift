import Foundation

/// What a widget may say on its socket (Interface.md, "The widget's socket").
enum VisitorCommand: Equatable, Sendable {
  struct Hello: Equatable, Sendable {
    let site: String
    let token: String
    /// The last visitor number that the client holds.
    let after: Int64
    let page: Page?
    let language: String
    let timeZone: String
    let mode: Mode
  }

  struct Page: Equatable, Sendable, Decodable {
    let url: String
    let title: String
  }

  /// Whether the conversation is shown, or only its launcher.
  enum Mode: String, Sendable, Decodable {
    case frame, background
  }

  case hello(Hello)
  case postMessage(clientID: String, text: String)
  case identify(name: String?, email: String?)
  case page(Page)
  case typing(on: Bool)
  case seen(number: Int64)
  case history(before: Int64)
  case ping

  /// - Throws: `CommandError` for anything that is not one of these, whole.
  init(decoding text: [UInt8]) throws(CommandError) {
    if let post = PlainPost(text) {
      self = .postMessage(clientID: post.clientID, text: post.text)
      return
    }
    if let plain = PlainHello(text) {
      self = .hello(plain.hello)
      return
    }
    do {
      self = try JSONDecoder().decode(VisitorCommand.self, from: Data(text))
    } catch {
      throw .malformed
    }
  }
}

extension VisitorCommand: Decodable {
  private enum Key: String, CodingKey {
    case type, clientID, text, name, email, on, number, before
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    switch try fields.decode(String.self, forKey: .type) {
    case "hello":
      self = .hello(try Hello(from: decoder))
    case "message.post":
      self = .postMessage(
        clientID: try fields.decode(String.self, forKey: .clientID),
        text: try fields.decode(String.self, forKey: .text))
    case "identify":
      self = .identify(
        name: try fields.decodeIfPresent(String.self, forKey: .name),
        email: try fields.decodeIfPresent(String.self, forKey: .email))
    case "page":
      self = .page(try Page(from: decoder))
    case "typing":
      self = .typing(on: try fields.decode(Bool.self, forKey: .on))
    case "seen":
      self = .seen(number: try fields.decode(Int64.self, forKey: .number))
    case "history":
      self = .history(before: try fields.decode(Int64.self, forKey: .before))
    case "ping":
      self = .ping
    default:
      throw CommandError.malformed
    }
  }
}

extension VisitorCommand.Hello: Decodable {
  private enum Key: String, CodingKey {
    case site, token, after, page, language, timeZone, mode
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    site = try fields.decode(String.self, forKey: .site)
    token = try fields.decode(String.self, forKey: .token)
    after = try fields.decodeIfPresent(Int64.self, forKey: .after) ?? 0
    page = try fields.decodeIfPresent(VisitorCommand.Page.self, forKey: .page)
    language = try fields.decodeIfPresent(String.self, forKey: .language) ?? ""
    timeZone = try fields.decodeIfPresent(String.self, forKey: .timeZone) ?? ""
    mode = try fields.decode(VisitorCommand.Mode.self, forKey: .mode)
  }
}
