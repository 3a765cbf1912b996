/// What a condition's tests are asked about, as it is when the run reaches them.
struct TestedFacts: Sendable {
  var contact: Contact?
  var account: Account?
  var deal: Deal?
  var conversation: Conversation?
  /// Of the visitor of the conversation.
  var pageURL: String?
  var hasOpenDeal = false
  /// What the contact and the deal have in fields of one's own, as text; those without a value are not in it.
  var fields: [Int64: String] = [:]
  /// The ids of what is chosen in those of them that have choices.
  var choices: [Int64: [Int64]] = [:]
  /// The checkboxes that they have, and that are not checked.
  var unchecked: Set<Int64> = []
}

extension AutomationTest {
  /// Whether its subject, relation and value go together.
  var isWhole: Bool {
    switch subject {
    case "contact.tag", "deal.tag":
      (self.is == .has || self.is == .hasNot) && value?.text.flatMap { TagName($0) } != nil
    case "contact.email", "contact.jobTitle", "account.name", "deal.title", "visitor.text", "visitor.page":
      (self.is == .contains || self.is == .containsNot || self.is == .equals)
        && value?.text?.trimmed.isEmpty == false
    case "contact.account", "contact.deal": self.is == .exists || self.is == .existsNot
    case "deal.stage", "deal.pipeline", "deal.owner": isEquation && value?.id != nil
    case "deal.status": isEquation && value?.text.flatMap { Deal.Status(rawValue: $0) } != nil
    case "conversation.status": isEquation && value?.text.flatMap { Conversation.Status(rawValue: $0) } != nil
    case "deal.value":
      (self.is == .atLeast || self.is == .lessThan) && value?.money?.minor != nil
        && value?.money?.currency.flatMap { Currency(code: $0) } != nil
    default:
      AutomationField(subject) != nil
        && (isEquation && (value?.text?.trimmed.isEmpty == false || value?.id != nil) || self.is == .exists
          || self.is == .existsNot)
    }
  }

  private var isEquation: Bool { self.is == .equals || self.is == .equalsNot }

  /// A test about what is not there does not hold, whichever way it asks.
  func holds(for facts: TestedFacts) -> Bool {
    switch subject {
    case "contact.tag": facts.contact.map { hasTag($0.tags) } ?? false
    case "deal.tag": facts.deal.map { hasTag($0.tags) } ?? false
    case "contact.email": facts.contact.map { reads($0.email) } ?? false
    case "contact.jobTitle": facts.contact.map { reads($0.jobTitle) } ?? false
    case "account.name": facts.account.map { reads($0.name) } ?? false
    case "deal.title": facts.deal.map { reads($0.title) } ?? false
    case "visitor.text": facts.conversation.map { reads($0.lastText) } ?? false
    case "visitor.page": facts.pageURL.map { reads($0) } ?? false
    case "contact.account": facts.contact.map { ($0.account != nil) == (self.is == .exists) } ?? false
    case "contact.deal": facts.contact != nil && facts.hasOpenDeal == (self.is == .exists)
    case "deal.stage": facts.deal.map { equals($0.stage.id) } ?? false
    case "deal.pipeline": facts.deal.map { equals($0.pipeline.id) } ?? false
    case "deal.owner": facts.deal.map { equals($0.owner.id) } ?? false
    case "deal.status": facts.deal.map { equals($0.status.rawValue) } ?? false
    case "conversation.status": facts.conversation.map { equals($0.status.rawValue) } ?? false
    case "deal.value": facts.deal.map { compares($0.value) } ?? false
    default:
      AutomationField(subject).map { field in
        if let id = value?.id, isEquation {
          facts.choices[field.id].map { $0.contains(id) == (self.is == .equals) } ?? false
        } else {
          answers(facts.fields[field.id], isUnchecked: facts.unchecked.contains(field.id))
        }
      } ?? false
    }
  }

  private func answers(_ text: String?, isUnchecked: Bool) -> Bool {
    switch self.is {
    case .exists: text != nil
    case .existsNot: text == nil
    case .equals, .equalsNot:
      (text ?? (isUnchecked ? "false" : nil)).map {
        ($0.lowercased() == (value?.text ?? "").trimmed.lowercased()) == (self.is == .equals)
      } ?? false
    default: false
    }
  }

  private func hasTag(_ tags: [String]) -> Bool {
    let key = value?.text.flatMap { TagName($0) }?.key
    return tags.contains { TagName($0)?.key == key } == (self.is == .has)
  }

  private func reads(_ text: String) -> Bool {
    let (text, wanted) = (text.lowercased(), (value?.text ?? "").trimmed.lowercased())
    return switch self.is {
    case .contains: text.contains(wanted)
    case .containsNot: !text.contains(wanted)
    case .equals: text == wanted
    default: false
    }
  }

  private func equals(_ id: Int64) -> Bool { (value?.id == id) == (self.is == .equals) }

  private func equals(_ text: String) -> Bool { (value?.text == text) == (self.is == .equals) }

  /// Amounts of two currencies are neither more nor less.
  private func compares(_ money: Money) -> Bool {
    guard let wanted = value?.money, wanted.currency == money.currency.code, let minor = wanted.minor else {
      return false
    }
    return self.is == .atLeast ? money.minorUnits >= minor : money.minorUnits < minor
  }
}
