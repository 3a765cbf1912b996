import Glibc

/// Reads a password: at a terminal without showing it, asked twice; otherwise one line of standard input.
enum PasswordPrompt {
  enum Failure: Error {
    case ended
    case mismatch
  }

  static func read() throws(Failure) -> String {
    guard isatty(STDIN_FILENO) == 1 else {
      guard let line = readLine(strippingNewline: true) else { throw .ended }
      return line
    }
    let first = try ask("Password: ")
    let second = try ask("Once more: ")
    guard first == second else { throw .mismatch }
    return first
  }

  private static func ask(_ prompt: String) throws(Failure) -> String {
    // The prompt goes to standard error, so that standard output can be piped.
    prompt.withCString { _ = write(STDERR_FILENO, $0, strlen($0)) }
    tcgetattr(STDIN_FILENO, &settings)
    for number in [SIGINT, SIGTERM] { signal(number, endLoudly) }
    var silent = settings
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
      for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
      _ = write(STDERR_FILENO, "\n", 1)
    }
    guard let line = readLine(strippingNewline: true) else { throw .ended }
    return line
  }

  /// The terminal's, before it was made silent.
  // Unsafe: written before the signals are heard that read it, by the one thread that asks.
  private nonisolated(unsafe) static var settings = termios()

  /// Gives the terminal its echo back before a signal ends the program. All that it calls may be called in a signal's handler.
  private static let endLoudly: @convention(c) (Int32) -> Void = { number in
    tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    signal(number, SIG_DFL)
    raise(number)
  }
}
