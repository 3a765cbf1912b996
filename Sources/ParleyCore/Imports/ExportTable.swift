import Foundation
import SQLite

/// How records stand in a table that goes out, such that it can come in again.
struct ExportTable: Sendable {
  let kind: ImportKind
  /// In the workspace's time zone.
  let day: CalendarDate
  private let timeZone: TimeZone
  private let fields: [CustomField]
  /// The addresses of agents who share their name with another.
  private let addresses: [Int64: String]

  init(
    of kind: ImportKind, _ presence: Presence, at now: Int64, in snapshot: borrowing Snapshot
  ) throws {
    let time = try WorkspaceTime(now: now, in: snapshot)
    self.kind = kind
    day = time.today
    timeZone = time.timeZone
    fields = try FieldRecords.fields(of: kind.record, in: snapshot)
    let agents = try AgentRecords.agents(presence, in: snapshot)
    let sharing = Dictionary(grouping: agents) { AccountName($0.name)?.key }.values.filter { $0.count > 1 }
    addresses = Dictionary(uniqueKeysWithValues: sharing.joined().map { ($0.id, $0.email) })
  }

  func header(in language: ExportLanguage) -> [String] {
    ImportField.exported(of: kind).map { $0.header(of: kind, in: language) } + fields.map(\.name)
  }

  func cells(_ contact: Contact) -> [String] {
    [
      contact.email, contact.firstName, contact.lastName, contact.phone, contact.jobTitle,
      contact.account?.name ?? "", ListCell.text(contact.tags), text(contact.createdAt),
    ] + cells(contact.fields)
  }

  func cells(_ account: Account) -> [String] {
    [account.name, account.url, account.phone, name(account.owner), text(account.createdAt)]
      + cells(account.fields)
  }

  func cells(_ deal: Deal) -> [String] {
    [
      String(deal.id), deal.title, deal.value.decimalText, deal.value.currency.code, deal.pipeline.name,
      deal.stage.name, deal.status.rawValue, deal.lostReason, deal.closedAt.map(text) ?? "",
      name(deal.owner), deal.forecastedCloseOn?.description ?? "", deal.contact?.email ?? "",
      deal.contact.map { $0.name == $0.email ? "" : $0.name } ?? "",
      ListCell.text(deal.secondaryContacts.map(\.cell)), deal.account?.name ?? "", ListCell.text(deal.tags),
      deal.description, text(deal.createdAt),
    ] + cells(deal.fields)
  }

  private func cells(_ values: CustomFieldValues) -> [String] {
    fields.map { values[$0.id]?.typedText(as: $0) ?? "" }
  }

  private func text(_ moment: Int64) -> String { TypedCell.text(ofMoment: moment, in: timeZone) }

  private func name(_ agent: AgentReference?) -> String {
    agent.map { addresses[$0.id] ?? $0.name } ?? ""
  }
}
