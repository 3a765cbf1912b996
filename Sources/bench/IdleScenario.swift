import Foundation
import HTTPServer

/// Visitors who have the page open and say nothing: what do their sockets cost? Stays until its standard input is closed.
enum IdleScenario {
  static func run(_ arguments: Arguments, on loop: ClientLoop) {
    let count = arguments.number("sockets", or: 10_000)
    let began = Moment.now()
    let visitors = Crowd.open(count, arguments, on: loop)
    report([("connects", Double(visitors.count) / ((Moment.now() - began) / .seconds(1)))])
    _ = FileHandle.standardInput.readDataToEndOfFile()
  }
}
