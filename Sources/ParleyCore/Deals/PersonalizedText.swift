/// A text with personalization tags, such as a deal's title as it is typed, taken apart.
///
/// A tag is a name between two percent signs: a letter, then letters, digits and underscores. A known name is known in
/// capitals and in small letters alike; another name is an unknown tag only in capitals, as tags are written, so that
/// "from 5%to 7%" stays what it is. A day may be so many days off: `%TODAY+3%`. A percent sign that begins no tag is text.
struct PersonalizedText: Sendable, Hashable {
  enum Segment: Sendable, Hashable {
    case text(String)
    case tag(PersonalizationTag)
    /// A tag that does not exist, by its name.
    case unknown(String)
  }

  let segments: [Segment]

  /// - Parameter knowsDeal: whether the text is about a deal; else the tags of one are unknown.
  init(_ typed: String, knowsDeal: Bool = false) {
    var segments: [Segment] = []
    var text = ""
    var rest = typed[...]
    while let sign = rest.firstIndex(of: "%") {
      text += rest[..<sign]
      rest = rest[sign...]
      guard let tag = Self.tag(atStartOf: rest, knowsDeal) else {
        text.append(rest.removeFirst())
        continue
      }
      if !text.isEmpty { segments.append(.text(text)) }
      text = ""
      segments.append(tag.segment)
      rest = rest[tag.end...]
    }
    text += rest
    if !text.isEmpty { segments.append(.text(text)) }
    self.segments = segments
  }

  /// The unknown tags' names, each once, in the order in which they first stand.
  var unknownTags: [String] {
    var names: [String] = []
    for case .unknown(let name) in segments where !names.contains(name) { names.append(name) }
    return names
  }

  var hasTags: Bool {
    segments.contains { if case .tag = $0 { true } else { false } }
  }

  /// What it is where it is one thing only.
  var onlySegment: Segment? { segments.count == 1 ? segments[0] : nil }

  /// As it reads for someone, on one line: a tag without a value leaves no gap. Unknown tags stay as they are written.
  func resolved(with values: PersonalizationValues) -> String {
    joined(with: values).onOneLine
  }

  /// The same with its lines.
  func resolvedLines(with values: PersonalizationValues) -> String {
    joined(with: values).split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).onOneLine }.joined(separator: "\n").onManyLines
  }

  private func joined(with values: PersonalizationValues) -> String {
    segments.map { segment in
      switch segment {
      case .text(let text): text
      case .tag(let tag): values[tag]
      case .unknown(let name): "%\(name)%"
      }
    }.joined()
  }

  private static func tag(
    atStartOf text: Substring, _ knowsDeal: Bool
  ) -> (segment: Segment, end: Substring.Index)? {
    let afterSign = text.index(after: text.startIndex)
    guard let closing = text[afterSign...].firstIndex(of: "%") else { return nil }
    let name = text[afterSign..<closing]
    guard let initial = name.first, initial.isASCII, initial.isLetter,
      name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "+" || $0 == "-") })
    else { return nil }
    let end = text.index(after: closing)
    if let known = PersonalizationTag(name: name) {
      if case .deal = known, !knowsDeal { return (.unknown(String(name)), end) }
      return (.tag(known), end)
    }
    // Signs stand within the tags of days only.
    let isDay = name.hasPrefix("TODAY") && name.contains { $0 == "+" || $0 == "-" }
    guard isDay || name.allSatisfy({ !$0.isLowercase && $0 != "+" && $0 != "-" }) else { return nil }
    return (.unknown(String(name)), end)
  }
}
