import Glibc

extension SecretKey {
  /// The one of this user on this machine, made when it is first asked for. What is sealed with it was
  /// made here: a store that came with somebody's book was not. Where it cannot be kept, this process
  /// has one of its own, and finds nothing of what others stored.
  package static let ofUser: SecretKey = {
    for folder in folders {
      if let key = kept(in: folder) { return key }
    }
    return random()
  }()

  /// Where it is looked for: where the user keeps caches, else in a folder that nobody else may write.
  private static var folders: [String] {
    let cache =
      absolute("NNBOOK_CACHE", "") ?? absolute("XDG_CACHE_HOME", "/nnbook")
      ?? absolute("HOME", "/.cache/nnbook")
    return (cache.map { [$0] } ?? []) + ["/var/tmp/nnbook-\(geteuid())"]
  }

  private static func absolute(_ name: String, _ below: String) -> String? {
    Environment.value(name).flatMap { $0.hasPrefix("/") ? $0 + below : nil }
  }

  private static let name = "secret"

  /// Nil where the folder cannot be had, or is open to others.
  static func kept(in folder: String) -> SecretKey? {
    if let key = found(in: folder) { return key }
    guard (try? FileSystem.makeFolder(folder)) != nil else { return nil }
    let key = random()
    let part = "\(folder)/\(name).\(getpid())-\(UInt64.random(in: 0 ... .max))"
    let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    let failure = FileSystem.write(key.bytes, to: descriptor)
    let isWhole = failure == nil && fsync(descriptor) == 0
    close(descriptor)
    defer { unlink(part) }
    guard isWhole else { return nil }
    // Whoever is first gives it to all; what is there and is none gives way.
    if link(part, folder + "/" + name) == 0 { return found(in: folder) }
    if let key = found(in: folder) { return key }
    return rename(part, folder + "/" + name) == 0 ? found(in: folder) : nil
  }

  private static func found(in folder: String) -> SecretKey? {
    let path = folder + "/" + name
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_uid == geteuid(), status.st_mode & 0o077 == 0,
      let bytes = try? FileSystem.read(path, followingLinks: false)
    else { return nil }
    return SecretKey(bytes)
  }
}
