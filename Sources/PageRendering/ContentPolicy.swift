/// What a page may load and do. Nothing comes from anywhere but the site itself.
struct ContentPolicy {
  /// Live cells compile a module and work in a worker made from a blob.
  var hasLiveCells = false
  /// A page that is served listens for changes.
  var isServed = false
  /// Fonts of the book's own theme.
  var hasFonts = false

  var text: String {
    var rules = [
      "default-src 'none'", "style-src 'self'", "img-src 'self' data:", "media-src 'self'",
      "script-src 'self'" + (hasLiveCells ? " 'wasm-unsafe-eval'" : ""),
    ]
    if hasLiveCells { rules.append("worker-src blob:") }
    if hasFonts { rules.append("font-src 'self'") }
    if isServed { rules.append("connect-src 'self'") }
    rules += ["base-uri 'none'", "form-action 'none'"]
    return rules.joined(separator: "; ")
  }
}
