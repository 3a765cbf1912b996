/// What was typed after a command: the values of its options and its operands, each option filled from its environment
/// variable when it was not typed.
struct Invocation: Sendable {
  private(set) var operands: [String] = []
  private(set) var wantsHelp = false
  private var values: [String: [String]] = [:]

  /// Understands `--name VALUE`, `--name=VALUE`, `-h`, `--help`, and `--` before operands that begin with a dash.
  init(
    _ arguments: ArraySlice<String>, options: [Option], operandLimit: Int, environment: [String: String]
  ) throws(UsageError) {
    var rest = arguments
    var operandsOnly = false
    while let argument = rest.popFirst() {
      if operandsOnly || !argument.hasPrefix("-") || argument == "-" {
        operands.append(argument)
      } else if argument == "--" {
        operandsOnly = true
      } else if argument == "--help" || argument == "-h" {
        wantsHelp = true
      } else {
        try take(argument, followedBy: &rest, options: options)
      }
    }
    guard operands.count <= operandLimit else { throw .unexpectedOperand(operands[operandLimit]) }
    for option in options where values[option.name] == nil {
      guard let text = environment[option.environmentVariable], !text.isEmpty else { continue }
      values[option.name] =
        option.isRepeatable ? text.split(separator: ",").map { $0.filter { $0 != " " } } : [text]
    }
  }

  private mutating func take(
    _ argument: String, followedBy rest: inout ArraySlice<String>, options: [Option]
  ) throws(UsageError) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let typed = String(parts[0])
    guard let option = options.first(where: { "--" + $0.name == typed }) else {
      throw .unknownOption(typed)
    }
    guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
      throw .missingValue(typed)
    }
    guard option.isRepeatable || values[option.name] == nil else { throw .repeatedOption(typed) }
    values[option.name, default: []].append(value)
  }

  subscript(option: Option) -> String? {
    values[option.name]?.first
  }

  func all(_ option: Option) -> [String] {
    values[option.name] ?? []
  }

  /// The option's value as `parse` understands it, or nil when it was not given.
  ///
  /// - Throws: `UsageError.invalidValue` when `parse` does not understand it.
  func value<T>(_ option: Option, _ parse: (String) -> T?) throws(UsageError) -> T? {
    guard let text = self[option] else { return nil }
    guard let value = parse(text) else { throw .invalidValue(option, text) }
    return value
  }
}
