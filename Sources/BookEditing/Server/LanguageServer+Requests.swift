import BookModel
import Foundation

extension LanguageServer {
  /// What a request asks, taken from the text as it is now; the work itself may wait for others.
  func prepare(_ message: Message) -> Work {
    let parameters = message.parameters
    switch message.method {
    case "shutdown":
      shutDownAsAsked()
      return { .null }
    case "workspace/symbol":
      return { await self.workspaceSymbols(parameters["query"]?.text ?? "") }
    case "workspace/executeCommand": return executeCommand(parameters)
    case "completionItem/resolve":
      return { (try? await self.askSwift("completionItem/resolve", parameters)) ?? parameters }
    default: break
    }
    guard let address = parameters["textDocument"]?["uri"]?.text, let file = files[address] else {
      if message.method.hasPrefix("textDocument/") { return { .null } }
      let failure = Message.Failure.unknownMethod(message.method)
      return { throw failure }
    }
    if let position = EditorPosition(parameters["position"]) {
      return prepare(message, file, EditorPlace(file, position))
    }
    switch message.method {
    case "textDocument/documentSymbol": return { await self.documentSymbols(of: file) }
    case "textDocument/foldingRange": return { self.foldingRanges(of: file) }
    case "textDocument/documentLink": return { await self.documentLinks(of: file) }
    case "textDocument/codeLens": return { await self.codeLenses(of: file) }
    case "textDocument/codeAction": return { await self.codeActions(parameters, file) }
    case "textDocument/semanticTokens/full": return { try await self.semanticTokens(of: file) }
    case "textDocument/inlayHint":
      return { try await self.inlayHints(of: file, EditorRange(parameters["range"])) }
    case "textDocument/formatting": return { try await self.formatted(file, nil) }
    case "textDocument/rangeFormatting":
      return { try await self.formatted(file, EditorRange(parameters["range"])) }
    default:
      let failure = Message.Failure.unknownMethod(message.method)
      return { throw failure }
    }
  }

  /// A request about a place.
  private func prepare(_ message: Message, _ file: OpenFile, _ place: EditorPlace) -> Work {
    let parameters = message.parameters
    switch (message.method, place.part) {
    case ("textDocument/completion", .swift):
      return { try await self.swiftCompletion(parameters, file, place) }
    case ("textDocument/completion", _): return { await self.completion(file, place) }
    case ("textDocument/hover", .swift):
      return { try await self.pass(message.method, parameters, file, place) }
    case ("textDocument/hover", _): return { await self.hover(file, place) }
    case ("textDocument/signatureHelp", .swift):
      return { try await self.pass(message.method, parameters, file, place) }
    case ("textDocument/definition", .swift):
      return { try await self.pass(message.method, parameters, file, place) }
    case ("textDocument/definition", _): return { await self.definition(file, place) }
    case ("textDocument/documentHighlight", .swift):
      return { .array(try await self.highlights(file, place)) }
    case ("textDocument/references", .swift):
      return { try await self.swiftReferences(file, place) }
    case ("textDocument/references", _): return { await self.references(file, place) }
    case ("textDocument/prepareRename", .swift):
      return { try await self.pass(message.method, parameters, file, place) }
    case ("textDocument/prepareRename", _): return { await self.preparedRename(file, place) }
    case ("textDocument/rename", .swift):
      return { try await self.swiftRename(parameters, file, place) }
    case ("textDocument/rename", _):
      return { try await self.rename(file, place, to: parameters["newName"]?.text ?? "") }
    default:
      return { .null }
    }
  }
}
