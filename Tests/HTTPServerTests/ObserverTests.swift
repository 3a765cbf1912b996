import HTTPServer
import HTTPWire
import Testing

@Suite("An observer hears what happens")
struct ObserverTests {
  @Test(
    "requests are told with their route, status and length, refusals by themselves, octets at the end"
  )
  func requests() async throws {
    let observer = CountingObserver()
    let sent =
      "GET /items/5?secret=1 HTTP/1.1\r\nHost: a\r\n\r\nGET /none HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n"
    let answer = try await RunningServer.with(ServingTests.routes, observer: observer) { server in
      try await server.exchange(sent)
    }
    let records = observer.records
    #expect(records.map(\.route) == ["/items/{id}", nil])
    #expect(records.map(\.path) == ["/items/5", "/none"])
    #expect(records.map(\.status) == [.ok, .notFound])
    #expect(records.map(\.bodyBytes) == [1, 0])
    #expect(records.allSatisfy { $0.duration >= .zero && $0.id.count == 13 })
    #expect(observer.refusals == [.malformed(.requestLineMalformed)])
    #expect(observer.octets == [sent.utf8.count, answer.utf8.count])
  }
}
