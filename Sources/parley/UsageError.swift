/// What was typed cannot be understood. Told in one line; the exit status is 2.
enum UsageError: Error, Equatable {
  case missingCommand
  case unknownCommand(String)
  case unknownOption(String)
  case missingValue(String)
  case repeatedOption(String)
  case invalidValue(name: String, value: String, expected: String)
  case missingOperand(String)
  case unexpectedOperand(String)

  static func invalidValue(_ option: Option, _ value: String) -> UsageError {
    .invalidValue(name: "--" + option.name, value: value, expected: option.placeholder)
  }

  var message: String {
    switch self {
    case .missingCommand: "which command? Try 'parley --help'."
    case .unknownCommand(let name): "there is no command '\(name)'. Try 'parley --help'."
    case .unknownOption(let name): "unknown option '\(name)'."
    case .missingValue(let name): "'\(name)' needs a value."
    case .repeatedOption(let name): "'\(name)' was given twice."
    case .invalidValue(let name, let value, let expected):
      "'\(value)' is not a value for \(name): expected \(expected)."
    case .missingOperand(let name): "\(name) is missing."
    case .unexpectedOperand(let text): "'\(text)' is one word too many."
    }
  }
}
