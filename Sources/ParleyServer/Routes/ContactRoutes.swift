import HTTPServer
import HTTPWire
import ParleyCore

/// The people whom the team knows.
struct ContactRoutes: Sendable {
  let parley: Parley

  var operations: [Operation] {
    [
      Operation(
        .get, "/api/contacts", "Contacts by the beginnings of words of name and e-mail.",
        query: [.search, .limit(upTo: 50, default: 8)],
        answer: .ok(.object(["contacts": .array(.named("Contact"))]))
      ) { call, by in
        let limit = try call.limit(upTo: 50, default: 8)
        return try .json(
          .ok,
          ["contacts": try await parley.contacts(matching: call.text("search"), limit: limit, by: by.agent)])
      },
      Operation(
        .get, "/api/contacts/{id}", "A contact.", answer: .ok(.named("Contact"))
      ) { call, by in
        try .json(.ok, try await parley.contact(try call.id(), by: by.agent))
      },
      Operation(
        .patch, "/api/contacts/{id}", "Change a contact.",
        body: .object([
          "email": .optional(.string), "firstName": .optional(.string), "lastName": .optional(.string),
          "phone": .optional(.string), "jobTitle": .optional(.string),
        ]), answer: .ok(.named("Contact")), errors: ["contact.email.taken"]
      ) { call, by in
        try .json(.ok, try await parley.editContact(try call.id(), try call.body(), by: by.agent))
      },
    ]
  }
}
