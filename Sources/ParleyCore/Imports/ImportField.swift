import Foundation

/// What a column of a table may be.
package enum ImportField: Sendable, Hashable {
  case id, email, firstName, lastName, name, phone, jobTitle, account, tags, url, owner, title, value,
    currency
  case pipeline, stage, status, lostReason, forecastedCloseOn, description, contact, contactName
  case secondaryContacts, createdAt, closedAt
  /// A field of one's own, by its id.
  case custom(Int64)

  private static let named: [(field: ImportField, name: String)] = [
    (.id, "id"), (.email, "email"), (.firstName, "firstName"), (.lastName, "lastName"), (.name, "name"),
    (.phone, "phone"), (.jobTitle, "jobTitle"), (.account, "account"), (.tags, "tags"), (.url, "url"),
    (.owner, "owner"), (.title, "title"), (.value, "value"), (.currency, "currency"), (.pipeline, "pipeline"),
    (.stage, "stage"), (.status, "status"), (.lostReason, "lostReason"),
    (.forecastedCloseOn, "forecastedCloseOn"), (.description, "description"), (.contact, "contact"),
    (.contactName, "contactName"), (.secondaryContacts, "secondaryContacts"), (.createdAt, "createdAt"),
    (.closedAt, "closedAt"),
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
    case .contacts: [.email, .firstName, .lastName, .phone, .jobTitle, .account, .tags, .createdAt]
    case .accounts: [.name, .url, .phone, .owner, .createdAt]
    case .deals:
      [
        .id, .title, .value, .currency, .pipeline, .stage, .status, .lostReason, .closedAt, .owner,
        .forecastedCloseOn, .contact, .contactName, .secondaryContacts, .account, .tags, .description,
        .createdAt,
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

  /// The fields that a header may mean, in English or French, however it is written, the likeliest first: what an export calls so,
  /// a field of one's own of just that name, another word for a field, a field of one's own whose name looks like it.
  static func guesses(_ header: String, for kind: ImportKind, among own: [CustomField]) -> [ImportField] {
    let key = key(of: header)
    let words = words(of: kind)
    func called(_ isMeant: (Words) -> [String]) -> [ImportField] {
      imported(of: kind).filter { field in
        words[field].map(isMeant)?.contains { Self.key(of: $0) == key } == true
      }
    }
    let exported = key.isEmpty ? [] : called { [$0.english[0], $0.french[0]] }
    let named = own.filter { AccountName($0.name)?.key == AccountName(header)?.key }
    let other =
      key.isEmpty
      ? []
      : called { $0.english + $0.french }
        + [ImportField(header)].compactMap { $0 }.filter(imported(of: kind).contains)
    let like = key.isEmpty ? [] : own.filter { Self.key(of: $0.name) == key }
    return exported + named.map { .custom($0.id) } + other + like.map { .custom($0.id) }
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
    .createdAt: created,
  ]

  private static let created: Words = (
    ["Created", "Created at", "Creation date", "Create date", "Date created", "Added"],
    ["Création", "Date de création", "Créé le", "Ajouté le"]
  )

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
    .createdAt: created,
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
    .secondaryContacts: (
      ["Other contacts", "Secondary contacts"], ["Autres contacts", "Contacts secondaires"]
    ),
    .createdAt: created,
    .closedAt: (["Closed", "Closed at", "Date closed"], ["Clôture effective", "Clôturée le", "Close le"]),
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
