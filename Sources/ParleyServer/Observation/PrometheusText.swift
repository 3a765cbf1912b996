/// Writes metrics in the Prometheus text exposition format 0.0.4.
struct PrometheusText {
  enum Kind: String {
    case counter, gauge, histogram
  }

  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  typealias Labels = [(name: String, value: String)]

  private(set) var text = ""

  mutating func family(_ name: String, _ kind: Kind, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  mutating func sample(_ name: String, _ value: Double, _ labels: Labels = []) {
    text += name
    append(labels)
    text += " \(PrometheusText.number(value))\n"
  }

  mutating func sample(_ name: String, _ value: Int, _ labels: Labels = []) {
    text += name
    append(labels)
    text += " \(value)\n"
  }

  mutating func histogram(_ name: String, _ histogram: Histogram, _ labels: Labels = []) {
    let (counts, sum) = histogram.snapshot
    var cumulative = 0
    for (index, count) in counts.enumerated() {
      cumulative += count
      let bound = index < histogram.bounds.count ? PrometheusText.number(histogram.bounds[index]) : "+Inf"
      sample(name + "_bucket", cumulative, labels + [("le", bound)])
    }
    sample(name + "_sum", sum, labels)
    sample(name + "_count", cumulative, labels)
  }

  private mutating func append(_ labels: Labels) {
    guard !labels.isEmpty else { return }
    let parts = labels.map { "\($0.name)=\"\(PrometheusText.escape($0.value))\"" }
    text += "{" + parts.joined(separator: ",") + "}"
  }

  private static func escape(_ value: String) -> String {
    value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }
}
