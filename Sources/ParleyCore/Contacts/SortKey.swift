import Foundation

/// What names stand in order by: without the differences of case, width and accents, so that "Élodie" stands by "Elodie".
enum SortKey {
  static func key(of name: String) -> String {
    var letters = String.UnicodeScalarView()
    for scalar in name.decomposedStringWithCompatibilityMapping.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: continue
      default: letters.append(scalar)
      }
    }
    return String(letters).lowercased().precomposedStringWithCanonicalMapping
  }
}
