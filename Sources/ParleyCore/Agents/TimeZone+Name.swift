import Foundation

extension TimeZone {
  /// The zone of that name in the IANA database, such as `Europe/Paris`; nil when there is none.
  ///
  /// Foundation looks zones up in a part of itself that it refers to only at run time. The linker leaves that part out of
  /// a program with a static Foundation, where `TimeZone(identifier:)` then knows no zone at all, not even UTC. The
  /// reference to the list of known names brings it in, for the whole program.
  init?(name: String) {
    guard !TimeZone.knownTimeZoneIdentifiers.isEmpty else { return nil }
    self.init(identifier: name)
  }
}
