import Foundation
import Glibc

/// `parley`: puts everything together.
@main
enum Program {
  static let version = "0.1.0"

  static func main() async {
    // What is made here, the database and its copies, holds people's messages: for nobody else of the machine.
    umask(0o077)
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      let command = try Command(arguments, environment: ProcessInfo.processInfo.environment)
      try await run(command)
    } catch let error as UsageError {
      complain(error.message)
      exit(2)
    } catch let error as StartFailure {
      complain(error.message)
      exit(1)
    } catch {
      complain("\(error)")
      exit(1)
    }
  }

  private static func run(_ command: Command) async throws {
    switch command {
    case .serve(let options): try await Serving(options).run(until: .watch())
    case .demo(let options): try await Demonstration(options).run(until: .watch())
    case .user(let action, let directory): try await Users(dataDirectory: directory).run(action)
    case .backup(let file, let directory): try Backup(dataDirectory: directory).run(to: file)
    case .check(let file): try Check(file: file).run()
    case .version: print("parley \(version)")
    case .help(let help): print(help.text)
    }
  }

  /// Tells a person something, at once: standard output that is no terminal would keep it back.
  static func tell(_ text: String) {
    FileHandle.standardOutput.write(Data("\(text)\n".utf8))
  }

  private static func complain(_ message: String) {
    FileHandle.standardError.write(Data("parley: \(message)\n".utf8))
  }
}
