import BookModel
import HostSystem

/// The files that `nnbook init` starts a book with, in a folder that is new or empty.
package struct NewBook: Sendable {
  /// Paths within the folder, and contents.
  package let files: [String: String]
  private let folder: String

  package init(folder: String) throws(DiagnosticError) {
    guard !folder.isEmpty else {
      throw DiagnosticError(
        Diagnostic(
          .error, .noFolderName,
          "a book needs a folder; name one that is new, or '.' for the one at hand"))
    }
    self.folder = folder
    files = [
      "chapters/01-a-first-network.md": Self.firstChapter,
      "chapters/book.yml": """
      title: \(NewChapter.quoted(Self.title(of: folder)))
      description: What it is about, in one sentence.
      language: en

      """,
      Self.ignoreName: """
      # What nnbook keeps so that nothing runs twice: to delete it costs time, nothing else
      .nnbook/

      """,
    ]
  }

  private static let ignoreName = ".gitignore"

  /// "My book" for `books/my-book`.
  static func title(of folder: String) -> String {
    let name = folder.split(separator: "/").last { $0 != "." && $0 != ".." } ?? ""
    let words = name.split { "-_. ".contains($0) }.joined(separator: " ")
    return words.contains(where: \.isLetter)
      ? words.prefix(1).uppercased() + words.dropFirst() : "A new book"
  }

  /// What a book can do, in a minute: a figure that answers a slider, numbers that sentences compute, a
  /// question before its answer. And where to go on.
  private static let firstChapter = """
    ---
    title: A first network
    description: Two switches, one lamp, and a network that learns while you watch.
    ---

    A lamp has two switches. It is on when exactly one of them is up. Can a network learn that from the four
    examples alone?

    ```swift live id=fig-lamp
    //| caption: Blue, the network would switch the lamp on; orange, off.
    let units = slider("Hidden units", 1...8, default: 1)
    let net = Network(inputs: 2, seed: 7) {
      Dense(units)
      Tanh()
      Dense(1)
      Sigmoid()
    }
    let history = net.train(
      on: .xor, loss: .binaryCrossEntropy,
      optimizer: .adam(learningRate: 0.1), epochs: 200)
    decisionRegions(net, on: .xor)
    ```

    Move the slider in [](#fig-lamp): how many units does it take to get all four right? At `{swift live} units` the loss
    ends at `{swift live} history.finalLoss, %.3f`.

    ## How large is it?

    The gray boxes are cells of Swift. What they show is computed when the book is built.

    ```swift predict="How many with forty hidden units?"
    func network(_ units: Int) -> Network {
      Network(inputs: 2, seed: 7) {
        Dense(units)
        Tanh()
        Dense(1)
        Sigmoid()
      }
    }
    network(40).parameterCount
    ```

    So are the numbers in its sentences: with four hidden units there are `{swift} network(4).parameterCount`.

    ## Your turn

    1. Run `nnbook serve --open`, and leave it running.
    2. Change a number in `chapters/01-a-first-network.md`, save, and look at the page.
    3. Write something wrong, such as `Dense()`: the page says what, where, and what to do.
    4. Begin the next chapter: `nnbook new "A title"`.

    `nnbook build` writes the pages into `site/`. Open `site/index.html`, or copy the folder to any server.

    """

  /// Writes the files; where one of them is there already, nothing is written.
  package func write() throws(DiagnosticError) {
    for name in files.keys.sorted()
    where name != Self.ignoreName && FileSystem.kind(of: folder + "/" + name) != nil {
      throw DiagnosticError(
        Diagnostic(
          .error, .bookExists,
          "'\(folder)/\(name)' is there already; a book starts in a new folder"
        ))
    }
    do throws(FileError) {
      for (name, text) in files {
        let path = folder + "/" + name
        // A repository that is there already has its own.
        if name == Self.ignoreName, FileSystem.kind(of: path) != nil { continue }
        try FileSystem.makeFolder(Path.folder(of: path))
        try FileSystem.write(text, to: path)
      }
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, .folderNotWritable, "'\(error.path)' cannot be written: \(error.reason)"))
    }
  }
}
