import Foundation
import Glibc
import HTTPServer
import ParleyCore

/// Calls webhooks, by the system's `curl`: TLS and its certificates are the system's, and are renewed with it.
///
/// An address is looked up here and `curl` is held to what was found, so that no name leads to a machine that is not
/// anyone's to call: this one, its network, or a cloud's metadata.
struct WebhookSender: Sendable {
  private static let programs = ["/usr/bin/curl", "/usr/local/bin/curl", "/bin/curl"]
  private static let seconds = 20
  /// IANA's special-purpose address registries: what is not globally reachable, and multicast.
  private static let closed: [AddressBlock] = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
    "240.0.0.0/4", "::/128", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23",
    "2001:db8::/32",
    "2002::/16", "fc00::/7", "fe80::/10", "ff00::/8",
  ].compactMap { AddressBlock($0) }

  /// Whether also what is not globally reachable may be called.
  let reachesPrivate: Bool

  /// Takes at most some twenty seconds.
  func call(_ request: WebhookRequest) async -> WebhookOutcome {
    guard let target = Target(request.url) else { return .refused }
    guard let program = Self.programs.first(where: { access($0, X_OK) == 0 }) else { return .unavailable }
    return await withCheckedContinuation { caller in
      // Looking up a name blocks, and so does the program: neither belongs on the threads of the others.
      DispatchQueue.global(qos: .utility).async {
        guard let addresses = target.addresses() else { return caller.resume(returning: .unreachable) }
        let open = addresses.filter { address in
          reachesPrivate || !Self.closed.contains { $0.contains(address) }
        }
        guard let address = open.first, open.count == addresses.count else {
          return caller.resume(returning: .refused)
        }
        caller.resume(returning: Self.run(program, request, target, address))
      }
    }
  }

  private static func run(
    _ program: String, _ request: WebhookRequest, _ target: Target, _ address: IPAddress
  ) -> WebhookOutcome {
    let process = Process()
    process.executableURL = URL(filePath: program)
    // `--disable` counts only where it comes first: no configuration of the user's has a say.
    var arguments = [
      "--disable", "--silent", "--max-time", "\(seconds)", "--connect-timeout", "5", "--proto", "=http,https",
      "--max-redirs", "0",
      "--noproxy", "*", "--globoff", "--resolve",
      "\(target.host):\(target.port):\(target.bracketed(address))",
      "--header", "Content-Type: application/json", "--header", "X-Parley-Delivery: \(request.delivery)",
      "--user-agent", "Parley/\(Program.version)", "--data-binary", "@-", "--output", "/dev/null",
      "--write-out", "%{http_code}",
    ]
    if let signature = request.signature { arguments += ["--header", "X-Parley-Signature: \(signature)"] }
    process.arguments = arguments + ["--url", request.url]
    process.environment = [:]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
      try input.fileHandleForWriting.write(contentsOf: Data(request.body))
      try input.fileHandleForWriting.close()
      let answer = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      guard process.terminationStatus == 0, let status = Int(String(decoding: answer, as: UTF8.self)) else {
        return .unreachable
      }
      return .answered(status)
    } catch {
      if process.isRunning { process.terminate() }
      return .unreachable
    }
  }

  /// Where a webhook lies.
  private struct Target {
    let host: String
    let port: Int

    init?(_ text: String) {
      guard let url = URLComponents(string: text), let scheme = url.scheme?.lowercased(),
        let host = url.host, !host.isEmpty, url.user == nil, ["http", "https"].contains(scheme)
      else { return nil }
      self.host = host
      port = url.port ?? (scheme == "https" ? 443 : 80)
    }

    func bracketed(_ address: IPAddress) -> String {
      let text = address.description
      return text.contains(":") ? "[\(text)]" : text
    }

    /// Every address of the host; nil when there is none, or the name cannot be looked up. Blocks.
    func addresses() -> [IPAddress]? {
      if let address = IPAddress(host) { return [address] }
      var hints = addrinfo()
      hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
      var list: UnsafeMutablePointer<addrinfo>?
      guard getaddrinfo(host, String(port), &hints, &list) == 0 else { return nil }
      defer { freeaddrinfo(list) }
      var found: [IPAddress] = []
      var next = list
      while let entry = next {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let status = getnameinfo(
          entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0,
          NI_NUMERICHOST)
        let name = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if status == 0, let address = IPAddress(name) { found.append(address) }
        next = entry.pointee.ai_next
      }
      return found.isEmpty ? nil : found
    }
  }
}
