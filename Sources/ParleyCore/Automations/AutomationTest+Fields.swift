/// A field of one's own of a record that a run is about, and what the record has in it.
struct TestedField: Sendable {
  var field: CustomField
  var value: CustomFieldValue?
}

extension AutomationTest {
  /// Whether it holds for a field. An empty field is neither equal to anything nor unequal, but a box that is not checked is.
  func answers(_ tested: TestedField, on today: CalendarDate) -> Bool {
    switch self.is {
    case .exists: tested.value != nil
    case .existsNot: tested.value == nil
    case .equals, .equalsNot: equals(tested, on: today).map { $0 == (self.is == .equals) } ?? false
    case .contains, .containsNot:
      if case .text(let text)? = tested.value { reads(text) } else { false }
    case .atLeast, .lessThan: isLess(tested.value, on: today).map { $0 == (self.is == .lessThan) } ?? false
    case .has, .hasNot: false
    }
  }

  /// Nil where nothing can be said.
  private func equals(_ tested: TestedField, on today: CalendarDate) -> Bool? {
    switch tested.value {
    case nil: tested.field.type == .checkbox ? value?.text == "false" : nil
    case .text(let text): text.lowercased() == value?.text?.trimmed.lowercased()
    case .number(let number): value?.number.map { $0 == number }
    case .currency(let money):
      value?.money.map { $0.minor == money.minorUnits && $0.currency == money.currency.code }
    case .date(let date): value?.day(from: today).map { $0 == date }
    case .choice(let id): value?.id == id
    case .choices(let ids): value?.id.map { ids.contains($0) }
    case .checked: value?.text == "true"
    }
  }

  /// Amounts of two currencies are neither less nor more.
  private func isLess(_ having: CustomFieldValue?, on today: CalendarDate) -> Bool? {
    switch having {
    case .number(let number): value?.number.map { number.millionths < $0.millionths }
    case .date(let date): value?.day(from: today).map { date < $0 }
    case .currency(let money):
      if let wanted = value?.money, wanted.currency == money.currency.code, let minor = wanted.minor {
        money.minorUnits < minor
      } else {
        nil
      }
    case .text, .choice, .choices, .checked, nil: nil
    }
  }
}

extension AutomationValue {
  var number: ExactNumber? { text.flatMap { ExactNumber($0.trimmed) } }

  /// The day that it names: `2026-12-24`, or by a tag so many days from today, `%TODAY+3%`.
  func day(from today: CalendarDate) -> CalendarDate? {
    guard let text = text?.trimmed else { return nil }
    if case .tag(.today(let days))? = PersonalizedText(text).onlySegment { return today.adding(days: days) }
    return CalendarDate(text)
  }
}
