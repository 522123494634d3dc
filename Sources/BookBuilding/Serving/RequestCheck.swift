/// Who may read, and later write, through the server: pages that it sent itself, and the person in
/// front of the browser. Any other page of the web can make a browser ask this machine too.
package struct RequestCheck: Sendable {
  private let hosts: Set<String>

  package init(port: UInt16) {
    let names = ["localhost", "127.0.0.1", "[::1]"]
    hosts = Set(names.map { "\($0):\(port)" } + (port == 80 ? names : []))
  }

  /// Why the request is not answered; nil where it is.
  package func refusal(of request: ServedRequest) -> String? {
    // A name that somebody made lead to this machine reads what it likes as its own.
    guard let host = request.headers["host"], hosts.contains(host.lowercased()) else {
      return "This server answers to 'localhost' and '127.0.0.1' only.\n"
    }
    if let origin = request.headers["origin"],
      !hosts.contains(where: { origin.lowercased() == "http://" + $0 })
    {
      return "This server answers to pages of its own only.\n"
    }
    switch request.headers["sec-fetch-site"] {
    case nil, "same-origin", "none": return nil
    default:
      // A link that somebody followed shows the page, and tells the page before nothing.
      let follows =
        request.method == "GET" && request.headers["sec-fetch-mode"] == "navigate"
        && request.headers["sec-fetch-dest"] == "document"
      return follows ? nil : "This server answers to pages of its own only.\n"
    }
  }
}
