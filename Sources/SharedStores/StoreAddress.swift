import Foundation
import HostSystem

/// Where a shared store is: an `http` or `https` address without a name or password in it.
package struct StoreAddress: Hashable, Sendable {
  package let url: URL

  /// Why a text is no address of a store.
  package struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
    package var summary: String
    package var description: String { summary }
  }

  package init(_ text: String) throws(Mistake) {
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), url.host != nil else {
      throw Mistake(
        summary: "store '\(ServerIdentity.hidden(in: text))' is no address; one reads "
          + "'https://store.example:8080/cache'")
    }
    guard scheme == "http" || scheme == "https" else {
      throw Mistake(
        summary:
          "store '\(ServerIdentity.hidden(in: text))' is reached by 'http' or 'https', not by "
          + "'\(scheme)'")
    }
    guard url.user == nil, url.password == nil else {
      throw Mistake(
        summary:
          "store '\(ServerIdentity.hidden(in: text))' has a name or password in its address; "
          + "NNBOOK_STORE_TOKEN or NNBOOK_STORE_HEADER_FILE holds what proves who you are")
    }
    var parts = URLComponents(url: url, resolvingAgainstBaseURL: false)
    guard parts?.query == nil, parts?.fragment == nil else {
      throw Mistake(
        summary:
          "store '\(ServerIdentity.hidden(in: text))' has more than a host, a port and a path in its address"
      )
    }
    guard (1...65535).contains(parts?.port ?? 1) else {
      throw Mistake(
        summary: "store '\(text)' has port \(parts?.port ?? 0); ports are from 1 to 65535")
    }
    var path = parts?.path ?? ""
    while path.hasSuffix("/") { path.removeLast() }
    parts?.path = path
    self.url = parts?.url ?? url
  }

  /// Whether the server shows who it is.
  var isSecure: Bool { url.scheme?.lowercased() == "https" }

  /// For messages.
  package var text: String { url.absoluteString }

  func place(_ kind: StoreClient.Kind, _ digest: String) -> String {
    "\(text)/\(kind.rawValue)/\(digest)"
  }
}
