/// What a condition's tests are asked about, as it is when the run reaches them.
struct TestedFacts: Sendable {
  var contact: Contact?
  var account: Account?
  var deal: Deal?
  var conversation: Conversation?
  /// Of the visitor of the conversation.
  var pageURL: String?
  var hasOpenDeal = false
  /// In the workspace's time zone.
  var today: CalendarDate
  /// The fields of one's own of the contact, the deal and the account: of each of these that is there.
  var fields: [Int64: TestedField] = [:]
}

extension AutomationTest {
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
      AutomationField(subject).flatMap { facts.fields[$0.id] }.map { answers($0, on: facts.today) } ?? false
    }
  }

  private func hasTag(_ tags: [String]) -> Bool {
    let key = value?.text.flatMap { TagName($0) }?.key
    return tags.contains { TagName($0)?.key == key } == (self.is == .has)
  }

  func reads(_ text: String) -> Bool {
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
  func compares(_ money: Money) -> Bool {
    guard let wanted = value?.money, wanted.currency == money.currency.code, let minor = wanted.minor else {
      return false
    }
    return self.is == .atLeast ? money.minorUnits >= minor : money.minorUnits < minor
  }
}
