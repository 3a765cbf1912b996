/// A definition's steps in the order in which they follow each other.
struct AutomationFlow: Sendable {
  let first: String?
  private(set) var steps: [String: AutomationStep] = [:]
  /// What follows a step that has no branches, or the branches of one that has.
  private var successors: [String: String] = [:]

  init(_ definition: AutomationDefinition) {
    first = definition.steps.first?.id
    add(definition.steps, then: nil)
  }

  private mutating func add(_ list: [AutomationStep], then following: String?) {
    for (index, step) in list.enumerated() {
      let next = index + 1 < list.count ? list[index + 1].id : following
      steps[step.id] = step
      successors[step.id] = next
      add(step.yes ?? [], then: next)
      add(step.no ?? [], then: next)
    }
  }

  /// The step after one that was done; nil at the end.
  func after(_ step: AutomationStep) -> String? {
    successors[step.id]
  }

  /// The first step of a condition's branch, or what follows an empty one.
  func after(_ condition: AutomationStep, holds: Bool) -> String? {
    (holds ? condition.yes : condition.no)?.first?.id ?? successors[condition.id]
  }
}

extension AutomationDefinition {
  /// Every step, those of branches too, in the order in which they stand.
  var allSteps: [AutomationStep] {
    func flat(_ steps: [AutomationStep]) -> [AutomationStep] {
      steps.flatMap { [$0] + flat($0.yes ?? []) + flat($0.no ?? []) }
    }
    return flat(steps)
  }
}
