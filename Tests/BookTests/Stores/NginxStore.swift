import Foundation
import HostSystem
import Synchronization

/// A store that nginx keeps, on the loopback address, as docs/stores.md sets it up.
final class NginxStore: @unchecked Sendable {
  static let program: String? = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  struct Options {
    var isReadOnly = false
    /// With a certificate that it signed itself.
    var isSecure = false
    /// Bytes of the disk that it keeps its entries on.
    var disk: Int?
    /// The user's name and password.
    var user: String?
  }

  let folder = try! TemporaryFolder()
  let port: UInt16
  private let options: Options
  private let process = Process()

  var url: String { (options.isSecure ? "https" : "http") + "://localhost:\(port)" }
  var certificate: String { folder.file("cert.pem") }

  /// - Parameter filled: a store whose entries it begins with.
  init(_ options: Options = Options(), filledAs filled: NginxStore? = nil) async throws {
    self.options = options
    do {
      let listener = try LoopbackListener(port: 0)
      port = listener.port
    }
    if let filled {
      try FileManager.default.copyItem(
        atPath: filled.folder.file("store"), toPath: folder.file("store"))
    }
    for name in ["store", "store/tmp", "logs"] { try FileSystem.makeFolder(folder.file(name)) }
    if options.isSecure { try makeCertificate() }
    if let user = options.user {
      let parts = user.split(separator: ":")
      try folder.write("\(parts[0]):{PLAIN}\(parts[1])\n", to: "users")
    }
    try folder.write(settings, to: "nginx.conf")
    let disk = options.disk.map { Confinement.withDisk(of: $0, at: folder.file("store")) } ?? []
    let words =
      disk + [Self.program!, "-p", folder.path, "-c", folder.file("nginx.conf")]
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    _ = Self.endsAllAtExit
    let isUp = try await eventually { self.isListening && self.server != nil }
    if let server { Self.started.withLock { $0.append(server) } }
    guard isUp else {
      throw CocoaError(
        .featureUnsupported, userInfo: ["said": (try? folder.read("logs/error.log")) ?? ""])
    }
  }

  deinit { kill() }

  private static let started = Mutex<[pid_t]>([])

  /// What a static variable holds is not released at the end.
  private static let endsAllAtExit: Void = {
    atexit {
      for process in NginxStore.started.withLock({ $0 }) { Foundation.kill(process, SIGKILL) }
    }
  }()

  /// One process, so that a signal to it is one to the whole server.
  private var settings: String {
    """
    daemon off;
    master_process off;
    pid \(folder.file("pid"));
    error_log \(folder.file("logs/error.log"));
    events {}
    http {
      client_body_temp_path \(folder.file("store/tmp"));
      client_max_body_size 0;
      access_log \(folder.file("logs/access.log"));
      server {
        listen 127.0.0.1:\(port)\(options.isSecure ? " ssl" : "");
        \(options.isSecure
          ? "ssl_certificate \(certificate); ssl_certificate_key \(folder.file("key.pem"));" : "")
        location ~ "^/(ac|cas)/[0-9a-f]{64}$" {
          root \(folder.file("store"));
          \(options.user == nil
            ? "" : "auth_basic store; auth_basic_user_file \(folder.file("users"));")
          \(options.isReadOnly ? "" : "dav_methods PUT; create_full_put_path on;")
          limit_except GET HEAD\(options.isReadOnly ? "" : " PUT") { deny all; }
        }
        location / { return 404; }
      }
    }
    """
  }

  private func makeCertificate() throws {
    let openssl = ChildProcess(
      executable: Environment.program("openssl") ?? "openssl",
      arguments: [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-keyout", folder.file("key.pem"), "-out", certificate, "-days", "2", "-subj",
        "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
      ], environment: Environment.ofTools())
    _ = try openssl.collect(seconds: 60)
  }

  private var isListening: Bool {
    let end = ":" + String(format: "%04X", port)
    return ((try? String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)) ?? "")
      .split(separator: "\n").contains { line in
        let words = line.split(separator: " ")
        return words.count > 3 && words[1].hasSuffix(end) && words[3] == "0A"
      }
  }

  /// With a disk of its own it is not the process that was started.
  private var server: pid_t? {
    (try? folder.read("pid")).flatMap { pid_t($0.trimmingSuffix("\n")) }
  }

  /// As when its machine loses its power.
  func kill() {
    guard let server, process.isRunning else { return }
    Foundation.kill(server, SIGKILL)
  }

  /// It takes connections, and does nothing more.
  func stop() { if let server { Foundation.kill(server, SIGSTOP) } }

  /// Paths of the entries of one kind.
  func entries(_ kind: String) throws -> [String] {
    try FileSystem.everyFile(below: folder.file("store/" + kind)).sorted()
      .map { folder.file("store/\(kind)/\($0)") }
  }

  /// Requests that were answered, such as `GET /ac/… 200`.
  func answered() throws -> [String] {
    try folder.read("logs/access.log").split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "\"")
      guard parts.count > 2 else { return nil }
      return parts[1].split(separator: " ").prefix(2).joined(separator: " ") + " "
        + parts[2].split(separator: " ")[0]
    }
  }
}
