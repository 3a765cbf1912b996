import Foundation

/// What a column of a table may be.
package enum ImportField: Sendable, Hashable {
  case id, email, firstName, lastName, name, phone, jobTitle, account, tags, url, owner, title, value,
    currency
  case pipeline, stage, status, lostReason, forecastedCloseOn, description, contact, contactName
  /// A field of one's own, by its id.
  case custom(Int64)

  private static let named: [(field: ImportField, name: String)] = [
    (.id, "id"), (.email, "email"), (.firstName, "firstName"), (.lastName, "lastName"), (.name, "name"),
    (.phone, "phone"), (.jobTitle, "jobTitle"), (.account, "account"), (.tags, "tags"), (.url, "url"),
    (.owner, "owner"), (.title, "title"), (.value, "value"), (.currency, "currency"), (.pipeline, "pipeline"),
    (.stage, "stage"), (.status, "status"), (.lostReason, "lostReason"),
    (.forecastedCloseOn, "forecastedCloseOn"), (.description, "description"), (.contact, "contact"),
    (.contactName, "contactName"),
  ]

  package init?(_ name: String) {
    if name.hasPrefix(Self.customPrefix) {
      guard let id = Int64(name.dropFirst(Self.customPrefix.count)) else { return nil }
      self = .custom(id)
      return
    }
    guard let found = Self.named.first(where: { $0.name == name }) else { return nil }
    self = found.field
  }

  package var name: String {
    if case .custom(let id) = self { return "\(Self.customPrefix)\(id)" }
    return Self.named.first { $0.field == self }?.name ?? ""
  }

  private static let customPrefix = "field."

  /// Without it there is nothing to import.
  static func required(for kind: ImportKind) -> ImportField {
    switch kind {
    case .contacts: .email
    case .accounts: .name
    case .deals: .title
    }
  }

  /// In the order in which an export has them, before the fields of one's own.
  static func exported(of kind: ImportKind) -> [ImportField] {
    switch kind {
    case .contacts: [.email, .firstName, .lastName, .phone, .jobTitle, .account, .tags]
    case .accounts: [.name, .url, .phone, .owner]
    case .deals:
      [
        .id, .title, .value, .currency, .pipeline, .stage, .status, .lostReason, .owner, .forecastedCloseOn,
        .contact, .contactName, .account, .tags, .description,
      ]
    }
  }

  static func imported(of kind: ImportKind) -> [ImportField] {
    kind == .contacts ? exported(of: kind) + [.name] : exported(of: kind)
  }

  /// What the column is called in an export.
  func header(of kind: ImportKind, in language: ExportLanguage) -> String {
    let words = Self.words(of: kind)[self] ?? ([name], [name])
    return (language == .french ? words.french : words.english).first ?? name
  }

  /// The field that a header means, in English or French, however it is written.
  static func guess(_ header: String, for kind: ImportKind) -> ImportField? {
    let key = key(of: header)
    guard !key.isEmpty else { return nil }
    let words = words(of: kind)
    return imported(of: kind).first { field in
      guard let words = words[field] else { return false }
      return (words.english + words.french + [field.name]).contains { Self.key(of: $0) == key }
    }
  }

  /// The field of one's own whose name a header is.
  static func guess(_ header: String, among fields: [CustomField]) -> ImportField? {
    let key = key(of: header)
    return fields.first { Self.key(of: $0.name) == key }.map { .custom($0.id) }
  }

  /// Without case, accents, blanks and punctuation.
  private static func key(of text: String) -> String {
    String(SortKey.key(of: text).filter { $0.isLetter || $0.isNumber })
  }

  private typealias Words = (english: [String], french: [String])

  private static func words(of kind: ImportKind) -> [ImportField: Words] {
    switch kind {
    case .contacts: contactWords
    case .accounts: accountWords
    case .deals: dealWords
    }
  }

  private static let contactWords: [ImportField: Words] = [
    .email: (
      ["Email", "E-mail address", "Mail", "Primary email"], ["E-mail", "Adresse e-mail", "Courriel", "Mél"]
    ),
    .firstName: (["First name", "Given name", "Forename"], ["Prénom"]),
    .lastName: (["Last name", "Surname", "Family name"], ["Nom", "Nom de famille"]),
    .name: (["Name", "Full name", "Contact name", "Contact"], ["Nom complet", "Prénom et nom"]),
    .phone: (
      ["Phone", "Phone number", "Telephone", "Mobile", "Mobile phone", "Tel"],
      ["Téléphone", "Numéro de téléphone", "Tél", "Portable"]
    ),
    .jobTitle: (["Job title", "Position", "Role", "Title"], ["Fonction", "Poste", "Intitulé du poste"]),
    .account: (
      ["Account", "Company", "Company name", "Organization", "Organisation", "Account name"],
      ["Compte", "Entreprise", "Société", "Raison sociale", "Nom de l’entreprise"]
    ),
    .tags: (["Tags", "Labels", "Tag"], ["Étiquettes", "Étiquette", "Libellés", "Mots-clés"]),
  ]

  private static let accountWords: [ImportField: Words] = [
    .name: (
      ["Name", "Account", "Account name", "Company", "Company name", "Organization", "Organisation"],
      ["Nom", "Compte", "Nom du compte", "Entreprise", "Société", "Raison sociale"]
    ),
    .url: (
      ["Website", "Web address", "URL", "Web site", "Domain", "Site"],
      ["Site web", "Adresse web", "Site Internet"]
    ),
    .phone: (["Phone", "Phone number", "Telephone", "Tel"], ["Téléphone", "Numéro de téléphone", "Tél"]),
    .owner: (["Owner", "Account owner", "Owner email"], ["Responsable", "Propriétaire"]),
  ]

  private static let dealWords: [ImportField: Words] = [
    .id: (["Deal ID", "ID"], ["N° d’affaire", "Identifiant"]),
    .title: (
      ["Title", "Deal", "Deal name", "Deal title", "Name"], ["Titre", "Affaire", "Nom de l’affaire"]
    ),
    .value: (["Value", "Amount", "Deal value"], ["Montant", "Valeur"]),
    .currency: (["Currency", "Currency code"], ["Devise", "Code devise"]),
    .pipeline: (["Pipeline"], ["Pipeline"]),
    .stage: (["Stage", "Deal stage"], ["Étape"]),
    .status: (["Status", "Deal status"], ["Statut", "État"]),
    .lostReason: (["Lost reason", "Reason lost"], ["Motif de perte", "Raison de la perte"]),
    .owner: (["Owner", "Deal owner", "Owner email"], ["Responsable", "Propriétaire"]),
    .forecastedCloseOn: (
      ["Close date", "Forecasted close date", "Expected close date"],
      ["Date de clôture", "Date de clôture prévue", "Clôture prévue"]
    ),
    .contact: (
      ["Contact email", "Email", "E-mail address", "Contact"],
      ["E-mail du contact", "Adresse e-mail", "Courriel"]
    ),
    .contactName: (["Contact name", "Person"], ["Nom du contact"]),
    .account: (
      ["Account", "Company", "Company name", "Organization", "Organisation", "Account name"],
      ["Compte", "Entreprise", "Société"]
    ),
    .tags: (["Tags", "Labels", "Tag"], ["Étiquettes", "Étiquette", "Libellés"]),
    .description: (
      ["Description", "About this deal", "Notes"], ["Description", "À propos de cette affaire"]
    ),
  ]
}

/// The language of an export's first line.
package enum ExportLanguage: String, Sendable, Hashable, CaseIterable {
  case english = "en"
  case french = "fr"
}
