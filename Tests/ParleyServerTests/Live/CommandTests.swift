import Foundation
import Testing

@testable import ParleyServer

@Suite("Commands on the live sockets")
struct CommandTests {
  @Test(
    "an inbox's command is understood",
    arguments: [
      (#"{"type":"hello","after":12}"#, ClientCommand.hello(after: 12)),
      (#"{"type":"hello","after":null}"#, .hello(after: nil)),
      (#"{"type":"hello"}"#, .hello(after: nil)),
      (
        #"{"type":"message.post","clientID":"abcdefgh","conversationID":3,"kind":"note","text":"é \u00e9 \"x\""}"#,
        .postMessage(clientID: "abcdefgh", conversationID: 3, isNote: true, text: "é é \"x\"")
      ),
      (
        #"{"type":"message.post","clientID":"abcdefgh","conversationID":3,"kind":"text","text":""}"#,
        .postMessage(clientID: "abcdefgh", conversationID: 3, isNote: false, text: "")
      ),
      (#"{"on":true,"conversationID":9,"type":"typing"}"#, .typing(conversationID: 9, on: true)),
      (#"{"type":"read","conversationID":9,"number":4}"#, .read(conversationID: 9, number: 4)),
      (#"{"type":"ping","more":[1,{}]}"#, .ping),
    ])
  func clientCommand(text: String, command: ClientCommand) throws {
    #expect(try ClientCommand(decoding: Array(text.utf8)) == command)
  }

  @Test(
    "a visitor's command is understood",
    arguments: [
      (
        #"{"type":"hello","site":"KEY","token":"T","after":7,"page":{"url":"u","title":"t"},"language":"fr","timeZone":"Europe/Paris","mode":"frame"}"#,
        VisitorCommand.hello(
          .init(
            site: "KEY", token: "T", after: 7, page: .init(url: "u", title: "t"), language: "fr",
            timeZone: "Europe/Paris", mode: .frame))
      ),
      (
        #"{"type":"hello","site":"KEY","token":"T","page":null,"mode":"background"}"#,
        .hello(
          .init(
            site: "KEY", token: "T", after: 0, page: nil, language: "", timeZone: "", mode: .background))
      ),
      (
        #"{"type":"message.post","clientID":"abcdefgh","text":"hi"}"#,
        .postMessage(clientID: "abcdefgh", text: "hi")
      ),
      (#"{"type":"identify","name":"A","email":null}"#, .identify(name: "A", email: nil)),
      (#"{"type":"page","url":"u","title":"t"}"#, .page(.init(url: "u", title: "t"))),
      (#"{"type":"typing","on":false}"#, .typing(on: false)),
      (#"{"type":"seen","number":3}"#, .seen(number: 3)),
      (#"{"type":"history","before":51}"#, .history(before: 51)),
      (#"{"type":"ping"}"#, .ping),
    ])
  func visitorCommand(text: String, command: VisitorCommand) throws {
    #expect(try VisitorCommand(decoding: Array(text.utf8)) == command)
  }

  @Test(
    "a post and a hello are understood as the decoder understands them, however they are written",
    arguments: [
      #"{"type":"message.post","clientID":"abcdefgh","text":"hé ✓ 𝄞"}"#,
      #"{"text":"","clientID":"","type":"message.post"}"#,
      #"{"type":"message.post","clientID":"abcdefgh","text":"a \"b\" \\ \u00e9\n"}"#,
      #" {"type": "message.post", "clientID":"abcdefgh","text":"x"}"#,
      #"{"type":"message.post","clientID":"abcdefgh","text":"x","more":1}"#,
      #"{"type":"message.post","clientID":"abcdefgh","text":"x","text":"y"}"#,
      #"{"type":"message.post","clientID":"abcdefgh","text":"x",}"#,
      #"{"type":"message.post","clientID":"abcdefgh","text":"x"}}"#,
      #"{"type":"message.post","clientID":"abcdefgh","text":"x}"#,
      #"{"type":"message.post","clientID":"abcdefgh","text":null}"#,
      #"{"type":"message.post","clientID":"abcdefgh"}"#,
      #"{"type":"ping","clientID":"abcdefgh","text":"x"}"#,
      #"{"type":"hello","site":"KEY","token":"T","after":7,"page":null,"language":"fr","timeZone":"Europe/Paris","mode":"frame"}"#,
      #"{"mode":"background","page":{"title":"é ✓","url":"https://a.test/?a=b"},"token":"T","site":"","type":"hello"}"#,
      #"{"type":"hello","site":"K","token":"T","after":0,"mode":"frame"}"#,
      #"{"type":"hello","site":"K","token":"T","after":007,"mode":"frame"}"#,
      #"{"type":"hello","site":"K","token":"T","after":-1,"mode":"frame"}"#,
      #"{"type":"hello","site":"K","token":"T","after":1.5,"mode":"frame"}"#,
      #"{"type":"hello","site":"K","token":"T","after":null,"mode":"frame"}"#,
      #"{"type":"hello","site":"K","token":"T","after":,"mode":"frame"}"#,
      #"{"type":"hello","site":"K","token":"T","after":999999999999999999,"mode":"frame"}"#,
      #"{"type":"hello","site":"K","token":"T","after":9223372036854775807,"mode":"frame"}"#,
      #"{"type":"hello","site":"K","token":"T","after":9223372036854775808,"mode":"frame"}"#,
      #"{"type":"hello","site":"K","token":"T","mode":"other"}"#,
      #"{"type":"hello","site":"K","token":"T"}"#, #"{"type":"hello","token":"T","mode":"frame"}"#,
      #"{"type":"hello","site":"K","token":"T","mode":"frame","more":1}"#,
      #"{"type":"hello","site":"K","token":"T","mode":"frame","mode":"background"}"#,
      #"{"type":"hello","site":"K","token":"T","mode":"frame","page":{"url":"u"}}"#,
      #"{"type":"hello","site":"K","token":"T","mode":"frame","page":{}}"#,
      #"{"type":"hello","site":"K","token":"T","mode":"frame","page":nul}"#,
      #"{"type":"hello","site":"K","token":"T","mode":"frame","page":"u"}"#,
      #"{"type":"hello","site":"K","token":"T","mode":"frame","page":{"url":"u","title":"a \"b\""}}"#,
      #"{"type":"hello","site":"K","token":"T","mode":"frame","page":{"url":"u","title":"t","title":"s"}}"#,
      #"{"type":"hello","site":"K","token":"T","mode":"frame"}}"#, #"{"type":"hello","site":"K"#, "{}", "{",
      "",
      #"{"type":"message.post""#, "{\"type\":\"message.post\",\"clientID\":\"abcdefgh\",\"text\":\"a\nb\"}",
    ])
  func plain(text: String) {
    let read = Result { try VisitorCommand(decoding: Array(text.utf8)) }
    let decoded = Result { try JSONDecoder().decode(VisitorCommand.self, from: Data(text.utf8)) }
    switch (read, decoded) {
    case (.success(let read), .success(let decoded)): #expect(read == decoded)
    case (.failure, .failure): break
    default: Issue.record("read as \(read), decoded as \(decoded)")
    }
  }

  @Test(
    "what the interface does not know is malformed on both sockets",
    arguments: [
      "", "{", "[]", "null", "\"ping\"", "{}", #"{"type":"launch"}"#, #"{"type":3}"#,
      #"{"type":"typing","on":"yes"}"#, #"{"type":"message.post","text":"no id"}"#,
      #"{"type":"message.post","clientID":"abcdefgh","conversationID":1,"kind":"page","text":"x"}"#,
      #"{"type":"hello","after":"12"}"#, #"{"type":"hello","after":1.5}"#,
      #"{"type":"read","conversationID":1,"number":99999999999999999999}"#,
    ])
  func malformed(text: String) {
    #expect(throws: CommandError.malformed) { try ClientCommand(decoding: Array(text.utf8)) }
    if !text.contains("message.post") || !text.contains("clientID") {
      #expect(throws: CommandError.malformed) { try VisitorCommand(decoding: Array(text.utf8)) }
    }
  }

  @Test("bytes that are no UTF-8 are malformed")
  func notUTF8() {
    #expect(throws: CommandError.malformed) { try ClientCommand(decoding: [0x22, 0xFF, 0xFE, 0x22]) }
  }
}
