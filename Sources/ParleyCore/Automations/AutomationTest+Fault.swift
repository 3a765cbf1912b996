extension AutomationTest {
  /// What is wrong with a test: which of its members, and why.
  struct Fault: Equatable {
    var member: String
    var reason: String

    static let subject = Fault(member: "subject", reason: "unknown")
    static let relation = Fault(member: "is", reason: "invalid")
    static let missing = Fault(member: "value", reason: "required")
    static let value = Fault(member: "value", reason: "invalid")
  }

  /// What keeps its subject, relation and value from going together; nil where they do.
  ///
  /// - Parameter fields: those of one's own, by their ids.
  func fault(_ fields: [Int64: CustomField]) -> Fault? {
    switch subject {
    case "contact.tag", "deal.tag": check([.has, .hasNot]) { $0.text.flatMap { TagName($0) } != nil }
    case "contact.email", "contact.jobTitle", "account.name", "deal.title", "visitor.text", "visitor.page":
      check([.contains, .containsNot, .equals]) { $0.text != nil }
    case "contact.account", "contact.deal": check([]) { _ in true }
    case "deal.stage", "deal.pipeline", "deal.owner": check([.equals, .equalsNot]) { $0.id != nil }
    case "deal.status": check([.equals, .equalsNot]) { $0.text.flatMap { Deal.Status(rawValue: $0) } != nil }
    case "conversation.status":
      check([.equals, .equalsNot]) { $0.text.flatMap { Conversation.Status(rawValue: $0) } != nil }
    case "deal.value": check([.atLeast, .lessThan], \.isAmount)
    default: AutomationField(subject).flatMap { fields[$0.id] }.map(fault(of:)) ?? .subject
    }
  }

  private func fault(of field: CustomField) -> Fault? {
    let same: Set<Relation> = [.equals, .equalsNot]
    let order = same.union([.atLeast, .lessThan])
    return switch field.type {
    case .text, .longText: check(same.union([.contains, .containsNot])) { $0.text != nil }
    case .number: check(order) { $0.number != nil }
    case .currency: check(order, \.isAmount)
    case .date: check(order) { CalendarDate(year: 2000, month: 1, day: 1).flatMap($0.day(from:)) != nil }
    case .choice, .choices: check(same) { $0.id.flatMap { field.choice($0) } != nil }
    case .checkbox: check(same) { $0.text == "true" || $0.text == "false" }
    }
  }

  /// Whether there is a value may be asked of everything that may have none.
  private func check(_ relations: Set<Relation>, _ isFit: (AutomationValue) -> Bool) -> Fault? {
    let mayBeMissing =
      subject == "contact.account" || subject == "contact.deal" || AutomationField(subject) != nil
    if self.is == .exists || self.is == .existsNot { return mayBeMissing ? nil : .relation }
    guard relations.contains(self.is) else { return .relation }
    guard let value, !value.isEmpty else { return .missing }
    return isFit(value) ? nil : .value
  }
}

extension AutomationValue {
  fileprivate var isEmpty: Bool {
    switch self {
    case .text(let text): text.trimmed.isEmpty
    case .money(let money): money.minor == nil
    case .id, .ids: false
    }
  }

  fileprivate var isAmount: Bool { money?.currency.flatMap { Currency(code: $0) } != nil }
}
