import Foundation
import ParleyCore

/// `parley user`: the agents of the workspace, for whoever has the machine's command line.
struct Users {
  let dataDirectory: String

  func run(_ command: UserCommand) async throws(StartFailure) {
    let path = dataDirectory + "/parley.sqlite"
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw .missing(directory: dataDirectory, file: "parley.sqlite")
    }
    let parley = try open(path)
    do throws(StartFailure) {
      try await run(command, parley)
    } catch {
      await parley.close()
      throw error
    }
    await parley.close()
  }

  /// Owns the data for the moment, or goes in beside the server that does.
  private func open(_ path: String) throws(StartFailure) -> Parley {
    do {
      do throws(OpeningError) {
        return try Parley(path: path, readers: 1, now: Installation.now, publish: { _ in })
      } catch .inUse {
        return try Parley(path: path, isOwner: false, readers: 1, now: Installation.now, publish: { _ in })
      }
    } catch {
      throw .database(error, path: path)
    }
  }

  private func run(_ command: UserCommand, _ parley: Parley) async throws(StartFailure) {
    switch command {
    case .add(let email, let name, let role):
      let password = try password()
      do {
        let draft = AgentDraft(name: name, email: email, password: password, role: role)
        let agent = try await parley.addAgent(draft, by: .machine)
        print("Added \(agent.email), \(agent.role.rawValue).")
      } catch {
        throw .account(error, email: email)
      }
    case .password(let email):
      let password = try password()
      do {
        try await parley.setPassword(email: email, to: password, by: .machine)
        print("The password is set; the sessions of \(email) have ended.")
      } catch {
        throw .account(error, email: email)
      }
    case .list:
      do {
        for agent in try await parley.agents(by: .machine) {
          print("\(agent.email)\t\(agent.role.rawValue)\t\(agent.name)")
        }
      } catch {
        throw .account(error, email: "")
      }
    }
  }

  private func password() throws(StartFailure) -> String {
    do {
      return try PasswordPrompt.read()
    } catch {
      throw .password(error)
    }
  }
}
