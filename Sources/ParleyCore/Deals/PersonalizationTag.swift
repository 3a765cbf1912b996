/// What a text may say of whom it is about by a tag, written `%NAME%`.
package enum PersonalizationTag: Sendable, Hashable {
  /// Of the contact and the account.
  package enum Person: String, Sendable, CaseIterable {
    case firstName = "FIRSTNAME"
    case lastName = "LASTNAME"
    case fullName = "FULLNAME"
    case email = "EMAIL"
    case phone = "PHONE"
    case jobTitle = "CONTACT_JOBTITLE"
    case accountName = "ACCT_NAME"
    case accountURL = "ACCT_URL"
  }

  /// Of the deal.
  package enum Deal: String, Sendable, CaseIterable {
    case title = "DEAL_TITLE"
    case value = "DEAL_VALUE"
    case pipeline = "DEAL_PIPELINE"
    case stage = "DEAL_STAGE"
    case owner = "DEAL_OWNER_FULL_NAME"
    case forecastedCloseOn = "DEAL_FORECASTED_CLOSE_DATE"
  }

  case person(Person)
  case deal(Deal)
  /// `TODAY`, `TODAY+3`, `TODAY-3`: the day so many days from today in the workspace's time zone.
  case today(addingDays: Int)

  private static let mostDays = 3650

  /// Nil for a name that is no tag's. Names are known in capitals and in small letters alike.
  init?(name: some StringProtocol) {
    let name = name.uppercased()
    if let person = Person(rawValue: name) {
      self = .person(person)
    } else if let deal = Deal(rawValue: name) {
      self = .deal(deal)
    } else if name == "TODAY" {
      self = .today(addingDays: 0)
    } else if let match = name.wholeMatch(of: /TODAY([+-][0-9]{1,4})/), let days = Int(match.output.1),
      abs(days) <= Self.mostDays
    {
      self = .today(addingDays: days)
    } else {
      return nil
    }
  }
}
