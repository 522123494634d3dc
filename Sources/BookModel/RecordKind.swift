/// What a record holds that a running cell sends. The one table: its words are those of native frames,
/// and its order gives the numbers that a WebAssembly module uses.
///
/// The other sides cannot import it: the engine (`Notebook`'s `RecordKind`, `wasm_runtime.c`) and the
/// page's host (`live.js`) write it anew, and a test holds them equal.
package enum RecordKind: String, CaseIterable, Hashable, Sendable {
  case begin, end, text, markdown, html, svg, inline, control
  /// Printed text, in WebAssembly; a native program prints to standard output.
  case console
  /// A process that the cell leaves running; native alone.
  case leaves
  /// A condition of an exercise; native alone.
  case check
  /// The line of a statement that comes next; native alone.
  case at
  /// A value that a live cell takes from the build; native alone.
  case baked

  package var number: Int { Self.allCases.firstIndex(of: self)! }
}
