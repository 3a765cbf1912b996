/// How many deals there are of a currency, and what they come to together.
package struct Total: Sendable, Hashable, Codable {
  package var currency: String
  package var count: Int
  /// Decimal digits: a sum of amounts may pass what a JavaScript number, or 64 bits, can hold.
  package var minor: String

  init(currency: String, count: Int, sum: MoneySum) {
    self.currency = currency
    self.count = count
    minor = sum.digits
  }
}

/// A sum of amounts, which may pass 64 bits: `billions` times 10^9 and `rest`, each the sum of that part of the amounts.
struct MoneySum: Sendable, Hashable {
  static let billion: Int64 = 1_000_000_000

  private(set) var billions: Int64
  private(set) var rest: Int64

  init(billions: Int64 = 0, rest: Int64 = 0) {
    self.billions = billions + rest / Self.billion
    self.rest = rest % Self.billion
  }

  init(_ amount: Money) {
    self.init(rest: amount.minorUnits)
  }

  static func + (left: MoneySum, right: MoneySum) -> MoneySum {
    MoneySum(billions: left.billions + right.billions, rest: left.rest + right.rest)
  }

  var digits: String {
    guard billions > 0 else { return String(rest) }
    let low = String(rest)
    return String(billions) + String(repeating: "0", count: 9 - low.count) + low
  }
}

extension MoneySum: Comparable {
  static func < (left: MoneySum, right: MoneySum) -> Bool {
    (left.billions, left.rest) < (right.billions, right.rest)
  }
}

/// A column of a board: the deals of a status in a stage.
struct ColumnKey: Sendable, Hashable {
  var pipelineID: Int64
  var stageID: Int64
  var status: Deal.Status

  init(pipelineID: Int64, stageID: Int64, status: Deal.Status) {
    self.pipelineID = pipelineID
    self.stageID = stageID
    self.status = status
  }

  init(_ deal: Deal) {
    pipelineID = deal.pipeline.id
    stageID = deal.stage.id
    status = deal.status
  }
}

/// What a column comes to.
package struct ColumnTotals: Sendable, Hashable, Codable {
  package var stageID: Int64
  package var status: Deal.Status
  package var count: Int
  /// A currency each, in alphabetical order.
  package var totals: [Total]
}
