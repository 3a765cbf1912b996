import Foundation
import SQLite

/// A creating request under the key that its client made: sent again it gets the answer it got, and nothing is created
/// twice.
struct IdempotentRequest {
  private let key: IdempotencyKey
  private let agentID: Int64
  /// The same for the same request only: SHA-256 over its JSON with the keys in order, in hexadecimal.
  private let fingerprint: String

  /// How long an answer is kept, in milliseconds: longer than any client goes on trying.
  private static let lifetime: Int64 = 7 * 24 * 60 * 60 * 1000

  init(_ request: some Encodable, key: IdempotencyKey, agentID: Int64) throws(ParleyError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    self.key = key
    self.agentID = agentID
    do {
      fingerprint = SHA256.digest(try encoder.encode(request)).map { byte in
        String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
      }.joined()
    } catch {
      throw ParleyError(thrown: error)
    }
  }

  /// The answer it got when it came before.
  ///
  /// - Throws: `ParleyError.idempotencyMismatch` when the key came with another request.
  func answer<Answer: Decodable>(_ type: Answer.Type, in snapshot: borrowing Snapshot) throws -> Answer? {
    let stored = try IdempotencyRecords.find(key, of: agentID, in: snapshot)
    guard let stored else { return nil }
    guard stored.fingerprint == fingerprint else { throw ParleyError.idempotencyMismatch }
    return try JSON.value(type, from: stored.answer)
  }

  /// Keeps its answer, and lets go of a few that are older than any resend.
  func store(_ answer: some Encodable, now: Int64, in transaction: borrowing Transaction) throws {
    try IdempotencyRecords.deleteSome(olderThan: now - Self.lifetime, in: transaction)
    try IdempotencyRecords.insert(
      key, fingerprint: fingerprint, answer: try JSON.text(answer), of: agentID, now: now, in: transaction)
  }
}
