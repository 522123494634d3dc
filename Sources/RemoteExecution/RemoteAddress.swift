import Foundation
import HostSystem

/// Where machines are that run cells: `grpc://host:port` or `grpcs://host:port`, and the name of an
/// instance where the server has several.
package struct RemoteAddress: Hashable, Sendable {
  package let isSecure: Bool
  package let host: String
  package let port: Int
  /// Empty for the server's only one.
  package let instance: String

  /// Why a text is no address of a server.
  package struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
    package var summary: String
    package var description: String { summary }
  }

  package init(_ text: String) throws(Mistake) {
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      let host = parts.host, !host.isEmpty
    else {
      throw Mistake(
        summary: "remote '\(ServerIdentity.hidden(in: text))' is no address; one reads "
          + "'grpcs://build.example:443/instance'")
    }
    guard scheme == "grpc" || scheme == "grpcs" else {
      throw Mistake(
        summary:
          "remote '\(ServerIdentity.hidden(in: text))' is reached by 'grpc' or 'grpcs', not by "
          + "'\(scheme)'")
    }
    guard parts.user == nil, parts.password == nil else {
      throw Mistake(
        summary:
          "remote '\(ServerIdentity.hidden(in: text))' has a name or password in its address; "
          + "NNBOOK_REMOTE_TOKEN or NNBOOK_REMOTE_HEADER_FILE holds what proves who you are")
    }
    guard parts.query == nil, parts.fragment == nil else {
      throw Mistake(
        summary:
          "remote '\(ServerIdentity.hidden(in: text))' has more than a host, a port and an instance in its address"
      )
    }
    guard (1...65535).contains(parts.port ?? 1) else {
      throw Mistake(
        summary: "remote '\(text)' has port \(parts.port ?? 0); ports are from 1 to 65535")
    }
    isSecure = scheme == "grpcs"
    // IPv6 stands in brackets.
    self.host = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
    port = parts.port ?? (isSecure ? 443 : 80)
    instance = parts.path.split(separator: "/").joined(separator: "/")
  }

  /// How the host is written: a name is asked for, and is what a certificate says.
  enum Host { case name, version4, version6 }

  var kind: Host {
    if host.contains(":") { return .version6 }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil } ? .version4 : .name
  }

  /// For messages.
  package var text: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return
      "\(isSecure ? "grpcs" : "grpc")://\(name):\(port)\(instance.isEmpty ? "" : "/" + instance)"
  }
}
