import BookModel
import SwiftSyntax

/// Networks that train without a complaint and learn badly: what the layers and the loss that a cell
/// names say about each other. Read from the text, so that it costs the engine nothing; what is put
/// together elsewhere is not seen.
struct LayerChecks {
  private struct Found {
    var cell: ParsedCell
    var offset: Int
    var length: Int
    var summary: String
    var note: (cell: ParsedCell, offset: Int)?
  }

  private var found: [Found] = []

  init(_ scope: Scope) {
    var networks: [String: (cell: ParsedCell, layers: [NetworkVisitor.Layer])] = [:]
    for cell in scope.compiledCells {
      let visitor = NetworkVisitor(viewMode: .sourceAccurate)
      visitor.walk(cell.tree)
      for (name, layers) in visitor.networks {
        for (layer, next) in zip(layers, layers.dropFirst())
        where ["Softmax", "LogSoftmax"].contains(layer.name)
          && ["Softmax", "LogSoftmax", "Sigmoid"].contains(next.name)
        {
          found.append(
            Found(
              cell: cell, offset: next.offset, length: next.length,
              summary:
                "'\(next.name)()' follows '\(layer.name)()', whose values are shares already: "
                + "together they flatten every answer; leave one of them out"))
        }
        if let name { networks[name] = (cell, layers) }
      }
      for training in visitor.trainings {
        guard let network = networks[training.network], let last = network.layers.last,
          let rule = Self.rules[training.loss], rule.layers.contains(last.name)
        else { continue }
        found.append(
          Found(
            cell: network.cell, offset: last.offset, length: last.length,
            summary:
              "'\(last.name)()' ends a network that is trained with '.\(training.loss)', which "
              + rule.reason, note: (cell, training.offset)))
      }
    }
  }

  /// Layers that must not stand before a loss, and why.
  private static let rules: [String: (layers: Set<String>, reason: String)] = [
    "crossEntropy": (
      ["Softmax", "LogSoftmax", "Sigmoid"],
      "takes logits and applies softmax itself; leave the layer out"
    ),
    "binaryCrossEntropyWithLogits": (
      ["Softmax", "LogSoftmax", "Sigmoid", "LogSigmoid"],
      "takes logits and applies the sigmoid itself; leave the layer out, or take '.binaryCrossEntropy'"
    ),
    "binaryCrossEntropy": (
      ["Softmax", "LogSoftmax", "LogSigmoid", "ReLU", "Tanh"],
      "takes the probability of one class; let 'Sigmoid()' be the last layer"
    ),
  ]

  func found(in chapter: Chapter) -> [Diagnostic] {
    found.map { found in
      let start = found.cell.cell.position(ofByte: found.offset)
      let end = SourcePosition(line: start.line, column: start.column + found.length)
      let notes = found.note.map { note in
        [
          Diagnostic.Note(
            "trained here",
            range: SourceRange(
              file: chapter.path, start: note.cell.cell.position(ofByte: note.offset)))
        ]
      }
      return Diagnostic(
        .warning, .layerBeforeLoss,
        at: SourceRange(file: chapter.path, start: start, end: end), found.summary,
        excerpt: chapter.sourceLine(start.line), notes: notes ?? [])
    }
  }
}

/// `let net = Network(…) { … }`, `net.train(…, loss: .crossEntropy, …)` and `TrainingStep(net, …)`.
private final class NetworkVisitor: SyntaxVisitor {
  struct Layer {
    var name: String
    /// In the cell's code, in bytes.
    var offset: Int
    var length: Int
  }

  var networks: [(name: String?, layers: [Layer])] = []
  var trainings: [(network: String, loss: String, offset: Int)] = []

  override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
    if name(of: node.calledExpression) == "Network", let closure = node.trailingClosure {
      networks.append((binding(around: node), layers(in: closure.statements)))
    } else if let member = node.calledExpression.as(MemberAccessExprSyntax.self),
      member.declName.baseName.text == "train", let base = member.base,
      let network = name(of: base),
      let loss = node.arguments.first(where: { $0.label?.text == "loss" })
    {
      add(network, loss.expression)
    } else if name(of: node.calledExpression) == "TrainingStep", node.arguments.count >= 2 {
      let arguments = Array(node.arguments)
      if let network = name(of: arguments[0].expression) {
        add(network, arguments[1].expression)
      }
    }
    return .visitChildren
  }

  private func add(_ network: String, _ loss: ExprSyntax) {
    guard let member = loss.as(MemberAccessExprSyntax.self) else { return }
    trainings.append(
      (
        network, member.declName.baseName.text,
        loss.positionAfterSkippingLeadingTrivia.utf8Offset
      ))
  }

  private func name(of expression: ExprSyntax) -> String? {
    expression.as(DeclReferenceExprSyntax.self)?.baseName.text
  }

  private func binding(around node: FunctionCallExprSyntax) -> String? {
    var parent = node.parent
    while let current = parent {
      if let binding = current.as(PatternBindingSyntax.self) {
        return binding.pattern.as(IdentifierPatternSyntax.self)?.identifier.text
      }
      guard current.is(InitializerClauseSyntax.self) || current.is(TryExprSyntax.self) else {
        return nil
      }
      parent = current.parent
    }
    return nil
  }

  /// What is no plain call of a layer, a loop or an `if`, counts as a layer without a name.
  private func layers(in statements: CodeBlockItemListSyntax) -> [Layer] {
    statements.map { statement in
      let item = Syntax(statement.item)
      var called = item.as(FunctionCallExprSyntax.self)
      // `Softmax().named("answer")`
      while let member = called?.calledExpression.as(MemberAccessExprSyntax.self),
        let inner = member.base?.as(FunctionCallExprSyntax.self)
      {
        called = inner
      }
      return Layer(
        name: called.flatMap { name(of: $0.calledExpression) } ?? "",
        offset: item.positionAfterSkippingLeadingTrivia.utf8Offset,
        length: item.trimmedLength.utf8Length)
    }
  }
}
