import Testing

@testable import ParleyServer

@Suite("Metrics")
struct MetricsTests {
  @Test("a histogram's buckets are cumulative and include their bound")
  func histogram() {
    let histogram = Histogram(bounds: [1, 2])
    for value in [0.5, 1, 1.5, 99] { histogram.observe(value) }
    var text = PrometheusText()
    text.histogram("h", histogram, [("route", "/x")])
    #expect(
      text.text == """
        h_bucket{route="/x",le="1"} 2
        h_bucket{route="/x",le="2"} 3
        h_bucket{route="/x",le="+Inf"} 4
        h_sum{route="/x"} 102
        h_count{route="/x"} 4

        """)
  }

  @Test("a label's value is escaped")
  func escapes() {
    var text = PrometheusText()
    text.sample("m", 1, [("l", "a\"b\\c\nd")])
    #expect(text.text == "m{l=\"a\\\"b\\\\c\\nd\"} 1\n")
  }

  @Test("each family is described once, before its samples")
  func families() {
    let metrics = Metrics()
    metrics.countRequest(route: "/api/session", status: 200, seconds: 0.002)
    metrics.countRequest(route: "/api/session", status: 401, seconds: 0.002)
    metrics.countMessage(author: "visitor")
    metrics.countCommit(transactions: 3, seconds: 0.004)
    metrics.opened(.frame)
    let lines = metrics.text().split(separator: "\n")
    #expect(lines.contains("parley_requests_total{route=\"/api/session\",status=\"401\"} 1"))
    #expect(lines.contains("parley_websockets{kind=\"frame\"} 1"))
    #expect(lines.contains("parley_commit_batch_size_bucket{le=\"4\"} 1"))
    #expect(lines.contains("parley_messages_total{author=\"visitor\"} 1"))
    var described: Set<Substring> = []
    for line in lines where line.hasPrefix("# TYPE") {
      let name = line.split(separator: " ")[2]
      #expect(described.insert(name).inserted)
    }
    for line in lines where !line.hasPrefix("#") {
      let name = line.prefix { $0 != "{" && $0 != " " }
      let family = ["_bucket", "_sum", "_count"].reduce(String(name)) { name, suffix in
        name.hasSuffix(suffix) && described.contains(name.dropLast(suffix.count))
          ? String(name.dropLast(suffix.count)) : name
      }
      #expect(described.contains(family[...]), "\(line)")
    }
  }
}
