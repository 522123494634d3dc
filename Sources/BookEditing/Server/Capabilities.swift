/// What this server can be asked.
enum Capabilities {
  static let runCommand = "nnbook.runToHere"

  /// The Swift server's own words for kinds of names, in its order: tokens pass through unchanged.
  static let tokenTypes = [
    "namespace", "type", "class", "enum", "interface", "struct", "typeParameter", "parameter",
    "variable", "property", "enumMember", "event", "function", "method", "macro", "keyword",
    "modifier", "comment", "string", "number", "regexp", "operator", "decorator", "bracket",
    "label", "concept", "unknown", "identifier",
  ]
  static let tokenModifiers = [
    "declaration", "definition", "readonly", "static", "deprecated", "abstract", "async",
    "modification", "documentation", "defaultLibrary", "deduced", "virtual", "dependentName",
    "usedAsMutableReference", "usedAsMutablePointer", "constructorOrDestructor", "userDefined",
    "functionScope", "classScope", "fileScope", "globalScope",
  ]

  static let json: JSON = [
    "serverInfo": ["name": "nnbook"],
    "capabilities": [
      "positionEncoding": "utf-16",
      "textDocumentSync": ["openClose": true, "change": 2, "save": ["includeText": false]],
      "completionProvider": [
        "triggerCharacters": [".", "(", "#", "=", "|", "\"", "/", "%", " ", "!"],
        "resolveProvider": true,
      ],
      "hoverProvider": true,
      "signatureHelpProvider": ["triggerCharacters": ["(", "[", ","]],
      "definitionProvider": true,
      "referencesProvider": true,
      "documentHighlightProvider": true,
      "documentSymbolProvider": true,
      "workspaceSymbolProvider": true,
      "documentLinkProvider": [:],
      "codeActionProvider": ["codeActionKinds": ["quickfix"]],
      "codeLensProvider": [:],
      "executeCommandProvider": ["commands": [.string(runCommand)]],
      "documentFormattingProvider": true,
      "documentRangeFormattingProvider": true,
      "foldingRangeProvider": true,
      "inlayHintProvider": true,
      "renameProvider": ["prepareProvider": true],
      "semanticTokensProvider": [
        "legend": [
          "tokenTypes": .array(tokenTypes.map(JSON.string)),
          "tokenModifiers": .array(tokenModifiers.map(JSON.string)),
        ],
        "full": true,
      ],
    ],
  ]
}
