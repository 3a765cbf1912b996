import HTTPServer
import HTTPWire
import ParleyCore

/// For those who operate the server: is it alive, can it serve, what has it done.
struct MonitoringRoutes: Sendable {
  let parley: Parley
  let metrics: Metrics

  var operations: [Operation] {
    [
      Operation(
        .get, "/healthz", "Whether the process answers.", answer: .text
      ) { _ in .text(.ok, "ok\n") },
      Operation(
        .get, "/readyz", "Whether the database takes writes.", answer: .text,
        errors: ["storage.unavailable"]
      ) { _ in
        try await parley.checkWrites()
        return .text(.ok, "ready\n")
      },
      Operation(
        .get, "/metrics", "Figures in the Prometheus text format.", answer: .text
      ) { _ in
        Response(
          .ok, FieldValue(legalizing: PrometheusText.contentType), Array(metrics.text().utf8),
          fields: Fields([.cacheControl: "no-store"]))
      },
    ]
  }
}
