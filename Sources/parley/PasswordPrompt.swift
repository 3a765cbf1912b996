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
    var settings = termios()
    tcgetattr(STDIN_FILENO, &settings)
    var silent = settings
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
      _ = write(STDERR_FILENO, "\n", 1)
    }
    guard let line = readLine(strippingNewline: true) else { throw .ended }
    return line
  }
}
