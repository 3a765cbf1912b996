import HTTPServer
import HTTPWire
import ParleyCore

/// The conversations of deals.
struct DealConversationRoutes: Sendable {
  let parley: Parley

  var operations: [Operation] {
    [
      Operation(
        .get, "/api/deals/{id}/conversations",
        "A deal's conversations: the one that it came from, then those that were added.",
        answer: .ok(.object(["conversations": .array(.named("Conversation"))]))
      ) { call, by in
        try .json(
          .ok, ["conversations": try await parley.conversations(ofDeal: try call.id(), by: by.agent)])
      },
      Operation(
        .put, "/api/deals/{id}/conversations/{conversation}", "Add a conversation to a deal.",
        answer: .ok(.named("Deal")), errors: ["deal.invalid"]
      ) { call, by in
        try .json(
          .ok,
          try await parley.linkConversation(
            try call.id("conversation"), to: try call.id(), by: by.agent))
      },
      Operation(
        .delete, "/api/deals/{id}/conversations/{conversation}", "Take an added conversation from a deal.",
        answer: .ok(.named("Deal"))
      ) { call, by in
        try .json(
          .ok,
          try await parley.unlinkConversation(
            try call.id("conversation"), from: try call.id(), by: by.agent))
      },
    ]
  }
}
