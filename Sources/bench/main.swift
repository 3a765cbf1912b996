// The load generator: `bench SCENARIO --name value…` loads a server of this machine from one thread, and says on standard output what
// that came to. `./dev bench` starts the servers and calls this.

import Glibc
import HTTPServer

let arguments = Arguments(Array(CommandLine.arguments.dropFirst()))
var limit = rlimit()
getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
limit.rlim_cur = limit.rlim_max
setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
let loop = try ClientLoop()
switch arguments.scenario {
case "http": HTTPScenario.run(arguments, on: loop)
case "echo": EchoScenario.run(arguments, on: loop)
case "messages": MessageScenario.run(arguments, on: loop)
case "xmpp": XMPPScenario.run(arguments, on: loop)
case "idle": IdleScenario.run(arguments, on: loop)
case "fanout": FanOutScenario.run(arguments, on: loop)
case "soak": SoakScenario.run(arguments, on: loop)
default: fail("no such scenario: \(arguments.scenario)")
}
