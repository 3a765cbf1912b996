/// A website that carries the widget, and how the widget looks there.
package struct Site: Sendable, Hashable, Codable {
  package enum Position: String, Sendable, Hashable, Codable {
    case left, right
  }

  package var id: Int64
  /// Names the site in the page that embeds the widget. Public.
  package var key: String
  package var name: String
  package var greetings: Greetings
  /// `#rrggbb`.
  package var color: String
  package var position: Position
  /// Where the widget may open: `scheme://host[:port]`, normalised. Nowhere while it is empty.
  package var origins: [String]
}
