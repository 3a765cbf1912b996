/// What comes of a command that somebody sends on their socket, by how many they sent.
enum Verdict: Sendable {
  case granted
  /// Not now. Nothing more is read of the socket for ``penalty``.
  case refused
  /// No page goes on like this after so many refusals: it is a flood.
  case flood

  /// A flood then costs the others little, and its end by too many refusals comes after some seconds.
  static let penalty = Duration.milliseconds(25)
}
