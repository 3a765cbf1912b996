import HTTPServer
import HTTPWire
import ParleyCore

/// Contacts and accounts that become part of another, or go.
struct MergeRoutes: Sendable {
  let parley: Parley

  var operations: [Operation] { contacts + accounts }

  private var contacts: [Operation] {
    [
      Operation(
        .delete, "/api/contacts/{id}",
        "Delete a contact with its notes, tasks and tags; deals and conversations stay. Owner only.",
        answer: .noContent, errors: ["record.merged"]
      ) { call, by in
        try await parley.deleteContact(try call.id(), by: by.agent)
        return Response(.noContent)
      },
      Operation(
        .post, "/api/contacts/{id}/merge", "Make another contact part of this one.",
        body: .named("MergeRequest"), answer: .ok(.named("Contact")),
        errors: ["merge.invalid", "record.merged"]
      ) { call, by in
        try .json(
          .ok, try await parley.mergeContacts(into: try call.id(), try call.body(), by: by.agent))
      },
      Operation(
        .get, "/api/contacts/{id}/merges", "What has become part of a contact.",
        answer: .ok(.named("MergeHistory")), errors: ["record.merged"]
      ) { call, by in
        try .json(.ok, try await parley.merges(ofContact: try call.id(), by: by.agent))
      },
      Operation(
        .get, "/api/contacts/{id}/duplicates", "The contacts that may be the same person, ten at most.",
        answer: .ok(.duplicates("Contact")), errors: ["record.merged"]
      ) { call, by in
        try .json(
          .ok, ["duplicates": try await parley.duplicates(ofContact: try call.id(), by: by.agent)])
      },
    ]
  }

  private var accounts: [Operation] {
    [
      Operation(
        .delete, "/api/accounts/{id}",
        "Delete an account with its notes and tasks; contacts and deals stay. Owner only.",
        answer: .noContent, errors: ["record.merged"]
      ) { call, by in
        try await parley.deleteAccount(try call.id(), by: by.agent)
        return Response(.noContent)
      },
      Operation(
        .post, "/api/accounts/{id}/merge", "Make another account part of this one.",
        body: .named("MergeRequest"), answer: .ok(.named("Account")),
        errors: ["merge.invalid", "record.merged"]
      ) { call, by in
        try .json(
          .ok, try await parley.mergeAccounts(into: try call.id(), try call.body(), by: by.agent))
      },
      Operation(
        .get, "/api/accounts/{id}/merges", "What has become part of an account.",
        answer: .ok(.named("MergeHistory")), errors: ["record.merged"]
      ) { call, by in
        try .json(.ok, try await parley.merges(ofAccount: try call.id(), by: by.agent))
      },
      Operation(
        .get, "/api/accounts/{id}/duplicates", "The accounts that may be the same company, ten at most.",
        answer: .ok(.duplicates("Account")), errors: ["record.merged"]
      ) { call, by in
        try .json(
          .ok, ["duplicates": try await parley.duplicates(ofAccount: try call.id(), by: by.agent)])
      },
    ]
  }
}
