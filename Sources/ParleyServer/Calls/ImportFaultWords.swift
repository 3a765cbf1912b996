import ParleyCore

/// What is wrong with a row, for people who read it in a spreadsheet, where no page translates the codes.
struct ImportFaultWords: Sendable {
  private let isFrench: Bool

  init(_ language: ExportLanguage) {
    isFrench = language == .french
  }

  var line: String { isFrench ? "Ligne" : "Line" }
  var problem: String { isFrench ? "Problème" : "Problem" }

  func text(of fault: ImportFault, _ columns: [String]) -> String {
    let words =
      Self.words[fault.code] ?? Self.reasons[fault.code.split(separator: ".").last.map(String.init) ?? ""]
    let text = words.map { isFrench ? $0.french : $0.english } ?? fault.code
    guard let column = fault.column, column < columns.count else { return text }
    return isFrench ? "\(columns[column])\u{a0}: \(text)" : "\(columns[column]): \(text)"
  }

  private typealias Words = (english: String, french: String)

  /// By the last part of the code.
  private static let reasons: [String: Words] = [
    "required": ("it is empty.", "la cellule est vide."),
    "invalid": ("it cannot be read.", "la valeur est illisible."),
    "too-long": ("it is too long.", "la valeur est trop longue."),
    "too-many": ("there are too many.", "il y en a trop."),
    "unknown": ("there is none of that name.", "il n’en existe aucun de ce nom."),
    "denied": ("you may not do this.", "vous n’en avez pas le droit."),
    "unknown-tag": (
      "a personalization tag in it does not exist.", "une balise de personnalisation n’existe pas."
    ),
  ]

  private static let words: [String: Words] = [
    "import.row.unclosed": ("A quotation mark is never closed.", "Un guillemet n’est jamais fermé."),
    "import.row.misquoted": ("Text follows a closing quotation mark.", "Du texte suit un guillemet fermant."),
    "import.row.too-long": ("The row is too long.", "La ligne est trop longue."),
    "import.row.too-many-cells": (
      "It has more cells than there are columns.", "Elle a plus de cellules que de colonnes."
    ),
    "import.value.invalid": ("it is no amount of this currency.", "ce n’est pas un montant de cette devise."),
    "import.currency.differs": (
      "its currency is another than the row’s.", "sa devise n’est pas celle de la ligne."
    ),
    "import.date.invalid": (
      "it is no date in the chosen order.", "ce n’est pas une date dans l’ordre choisi."
    ),
    "import.date.future": ("this day is still to come.", "cette date est encore à venir."),
    "import.closedAt.open": (
      "only a deal that is won or lost was closed.", "seule une affaire gagnée ou perdue a été close."
    ),
    "import.closedAt.early": (
      "it would have been closed before it was created.", "elle aurait été close avant d’avoir été créée."
    ),
    "import.secondaryContacts.invalid": (
      "each is written as address (role), with ; between two.",
      "chacun s’écrit adresse (rôle), séparé du suivant par un point-virgule."
    ),
    "deal.role.required": ("a contact’s role is missing.", "le rôle d’un contact manque."),
    "deal.secondaryContact.primary": (
      "it is the deal’s own contact.", "c’est le contact principal de l’affaire."
    ),
    "contact.email.invalid": ("it is no e-mail address.", "ce n’est pas une adresse e-mail."),
    "deal.contact.email-invalid": ("it is no e-mail address.", "ce n’est pas une adresse e-mail."),
    "deal.contact.required": (
      "A deal needs a contact or an account.", "Une affaire a besoin d’un contact ou d’un compte."
    ),
    "deal.contact.email-required": (
      "the contact’s e-mail address is missing.", "l’adresse e-mail du contact manque."
    ),
    "deal.owner.denied": (
      "they may not own deals of this pipeline.", "cette personne ne peut pas suivre ce pipeline."
    ),
    "deal.lostReason.invalid": ("only a lost deal has one.", "seule une affaire perdue en a un."),
  ]
}
