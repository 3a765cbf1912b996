import HTTPServer
import HTTPWire
import ParleyCore

/// What automations tell the asking agent.
struct NotificationRoutes: Sendable {
  let parley: Parley

  private struct Mark: Decodable {
    let upTo: Int64
  }

  var operations: [Operation] {
    [
      Operation(
        .get, "/api/notifications", "The asking agent's own notifications, newest first.",
        query: [
          Operation.Parameter(name: "before", schema: .integer, summary: "The `next` of the page before."),
          .limit(upTo: 100, default: 25),
        ],
        answer: .ok(
          .object([
            "notifications": .array(.named("Notification")), "next": .nullable(.integer), "unread": .integer,
          ]))
      ) { call, by in
        try .json(
          .ok,
          try await parley.notifications(
            before: try call.integer("before"), limit: try call.limit(upTo: 100, default: 25), by: by.agent))
      },
      Operation(
        .post, "/api/notifications/read", "They are read up to one.", body: .object(["upTo": .integer]),
        answer: .ok(.object(["unread": .integer]))
      ) { call, by in
        let mark: Mark = try call.body()
        return try .json(
          .ok, ["unread": try await parley.readNotifications(upTo: mark.upTo, by: by.agent)])
      },
    ]
  }
}
