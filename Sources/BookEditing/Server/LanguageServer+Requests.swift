import BookModel
import Foundation

extension LanguageServer {
  /// What a request asks, taken from the text as it is now; the work itself may wait for others.
  func prepare(_ message: Message) -> Work {
    let parameters = message.parameters
    switch message.method {
    case "shutdown":
      shutDownAsAsked()
      return { _ in .null }
    case "workspace/symbol":
      return { await $0.workspaceSymbols(parameters["query"]?.text ?? "") }
    case "workspace/executeCommand": return executeCommand(parameters)
    case "completionItem/resolve":
      return { (try? await $0.askSwift("completionItem/resolve", parameters)) ?? parameters }
    default: break
    }
    guard let address = parameters["textDocument"]?["uri"]?.text, let file = files[address] else {
      if message.method.hasPrefix("textDocument/") { return { _ in .null } }
      let failure = Message.Failure.unknownMethod(message.method)
      return { _ in throw failure }
    }
    if let position = EditorPosition(parameters["position"]) {
      return prepare(message, file, EditorPlace(file, position))
    }
    if parameters["position"] != nil {
      return { _ in
        throw Message.Failure.invalid("'position' is no place: line and character count from 0")
      }
    }
    switch message.method {
    case "textDocument/documentSymbol": return { await $0.documentSymbols(of: file) }
    case "textDocument/foldingRange": return { await $0.foldingRanges(of: file) }
    case "textDocument/documentLink": return { await $0.documentLinks(of: file) }
    case "textDocument/codeLens": return { await $0.codeLenses(of: file) }
    case "textDocument/codeAction": return { await $0.codeActions(parameters, file) }
    case "textDocument/semanticTokens/full": return { try await $0.semanticTokens(of: file) }
    case "textDocument/inlayHint":
      return { try await $0.inlayHints(of: file, EditorRange(parameters["range"])) }
    case "textDocument/formatting": return { try await $0.formatted(file, nil) }
    case "textDocument/rangeFormatting":
      return { try await $0.formatted(file, EditorRange(parameters["range"])) }
    default:
      let failure = Message.Failure.unknownMethod(message.method)
      return { _ in throw failure }
    }
  }

  /// A request about a place.
  private func prepare(_ message: Message, _ file: OpenFile, _ place: EditorPlace) -> Work {
    let parameters = message.parameters
    switch (message.method, place.part) {
    case ("textDocument/completion", .swift):
      return { try await $0.swiftCompletion(parameters, file, place) }
    case ("textDocument/completion", _): return { await $0.completion(file, place) }
    case ("textDocument/hover", .swift):
      return { try await $0.swiftHover(parameters, file, place) }
    case ("textDocument/hover", _): return { try await $0.hover(file, place) }
    case ("textDocument/signatureHelp", .swift):
      return { try await $0.pass(message.method, parameters, file, place) }
    case ("textDocument/definition", .swift):
      return { try await $0.swiftDefinition(parameters, file, place) }
    case ("textDocument/definition", _): return { try await $0.definition(file, place) }
    case ("textDocument/documentHighlight", .swift):
      return { .array(try await $0.highlights(file, place)) }
    case ("textDocument/references", .swift):
      return { try await $0.swiftReferences(file, place) }
    case ("textDocument/references", _): return { try await $0.references(file, place) }
    case ("textDocument/prepareRename", .swift):
      return { try await $0.swiftPreparedRename(parameters, file, place) }
    case ("textDocument/prepareRename", _): return { try await $0.preparedRename(file, place) }
    case ("textDocument/rename", .swift):
      return { try await $0.swiftRename(parameters, file, place) }
    case ("textDocument/rename", _):
      return { try await $0.rename(file, place, to: parameters["newName"]?.text ?? "") }
    default:
      return { _ in .null }
    }
  }
}
