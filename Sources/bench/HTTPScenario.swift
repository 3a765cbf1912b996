import HTTPServer

/// Requests on keep-alive connections, each as soon as the last is answered.
enum HTTPScenario {
  static func run(_ arguments: Arguments, on loop: ClientLoop) {
    let port = arguments.port
    let body = arguments.text("body", or: "")
    let content =
      body.isEmpty ? "" : "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
    let request = Array(
      """
      \(arguments.text("method", or: "GET")) \(arguments.text("path")) HTTP/1.1\r
      Host: 127.0.0.1:\(port)\r
      \(content)\r
      \(body)
      """.utf8)
    var latencies = Latencies()
    var isOver = false
    for _ in 0..<arguments.number("connections", or: 64) {
      _ = HTTPClient(port: port, on: loop, request: request) { client in
        latencies.add(from: client.askedAt, to: Moment.now())
        if !isOver { client.ask() }
      }
    }
    let began = Moment.now()
    let end = began + arguments.seconds
    loop.run { loop.now > end }
    isOver = true
    let seconds = (loop.now - began) / .seconds(1)
    report([("rate", Double(latencies.count) / seconds)] + latencies.figures("answer"))
  }
}
