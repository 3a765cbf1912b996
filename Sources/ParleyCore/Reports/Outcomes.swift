/// What became of deals: won and lost, by who owned them and for what reason. Its keys are the interface's.
package struct Outcomes: Sendable, Hashable, Encodable {
  /// Of one owner in one currency. Nothing is converted.
  package struct Share: Sendable, Hashable, Encodable {
    package var owner: AgentReference
    package var currency: String
    package var won: Forecast.Sum
    package var lost: Forecast.Sum
  }

  package struct Reason: Sendable, Hashable, Encodable {
    /// As it was given; empty where none was.
    package var reason: String
    package var currency: String
    package var count: Int64
    package var minor: MinorSum
  }

  /// By currency, then by owner's name.
  package var owners: [Share]
  /// By currency, each's most frequent first: at most `reasonLimit` of a currency.
  package var reasons: [Reason]

  package static let reasonLimit: Int = 20
}

/// Which of the figures of what was won and lost.
package enum OutcomeFigure: String, Sendable, Hashable {
  case won, lost

  var status: Deal.Status {
    switch self {
    case .won: .won
    case .lost: .lost
    }
  }
}
