/// An entry of a demo thread.
struct DemoEntry: Sendable {
  enum Event: Sendable {
    case visitor(text: String)
    case agent(String, text: String)
    case note(by: String, text: String)
    /// A path.
    case page(String)
    case assigned(by: String, to: String)
    case completed(by: String)
    case reopened(by: String)
    case identified(name: String, email: String)
    /// A deal's key.
    case deal(by: String, String)
  }

  /// Seconds since the entry before it.
  let after: Int64
  let event: Event
}

extension DemoEntry: Decodable {
  /// The key that an entry has besides `after`, `by` and `text` says what it is.
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case after, by, text
    case visitor, agent, note, page, assigned, completed, reopened, identified, deal
  }

  private struct Person: Decodable {
    var name: String
    var email: String
  }

  init(from decoder: any Decoder) throws {
    let entry = try decoder.container(keyedBy: CodingKeys.self)
    func text(_ key: CodingKeys) throws -> String { try entry.decode(String.self, forKey: key) }
    after = try entry.decode(Int64.self, forKey: .after)
    let kind = entry.allKeys.first { ![.after, .by, .text].contains($0) }
    switch kind {
    case .visitor: event = .visitor(text: try text(.visitor))
    case .agent: event = .agent(try text(.agent), text: try text(.text))
    case .note: event = .note(by: try text(.by), text: try text(.note))
    case .page: event = .page(try text(.page))
    case .assigned: event = .assigned(by: try text(.by), to: try text(.assigned))
    case .completed: event = .completed(by: try text(.by))
    case .reopened: event = .reopened(by: try text(.by))
    case .deal: event = .deal(by: try text(.by), try text(.deal))
    case .identified:
      let person = try entry.decode(Person.self, forKey: .identified)
      event = .identified(name: person.name, email: person.email)
    case nil, .after, .by, .text:
      throw DecodingError.dataCorruptedError(
        forKey: .after, in: entry, debugDescription: "an entry says what happened")
    }
  }
}
