// The server under test, without the product: `conformance-server [DIRECTORY]` listens on a free port of this machine, says which on
// standard output, and serves until it is killed. Other people's suites and parsers are set on it.

import Glibc
import HTTPServer
import HTTPWire

let seen = SeenRequests()
let routes = try Peer.routes(seen: seen, files: CommandLine.arguments.dropFirst().first)
var configuration = ServerConfiguration(address: .loopback, port: 0)
// Tells an answer of ours from one that a proxy gives by itself.
configuration.commonFields = Fields(["X-Peer": "conformance"])
let server = try Server(configuration, router: Router(routes))
// Whole at once, whoever reads: a pipe would keep what `print` says until it is full.
let line = Array("\(server.port)\n".utf8)
_ = write(STDOUT_FILENO, line, line.count)
await server.run()
