#if Remote
  import BookModel
  import HostSystem
  import SwiftProtobuf
  import Synchronization

  /// What a command finds below its root, and all that a server must hold to start it.
  struct RemoteTree {
    private(set) var contents: [RemoteDigest: RemoteAction.Content] = [:]
    private(set) var action: RemoteDigest

    /// - Throws: where a file cannot be read.
    init(_ action: RemoteAction, platform: [String: String], _ digests: FileDigests) throws {
      var contents: [RemoteDigest: RemoteAction.Content] = [:]
      func add(_ message: some SwiftProtobuf.Message) throws -> RemoteDigest {
        let bytes: [UInt8] = try message.serializedBytes()
        let digest = RemoteDigest(bytes)
        contents[digest] = .bytes(bytes)
        return digest
      }
      let root = Folder()
      for path in action.folders { _ = root.folder(path.split(separator: "/")) }
      for (path, input) in action.inputs {
        let names = path.split(separator: "/")
        let digest =
          switch input.content {
          case .bytes(let bytes): RemoteDigest(bytes)
          case .file(let path): try digests.digest(of: path)
          }
        contents[digest] = input.content
        var file = Messages.FileNode()
        file.name = names.last.map(String.init) ?? ""
        file.digest = digest.message
        file.isExecutable = input.isExecutable
        root.folder(names.dropLast()).files.append(file)
      }
      func addFolder(_ folder: Folder) throws -> RemoteDigest {
        var directory = Messages.Directory()
        directory.files = folder.files.sorted {
          $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
        directory.directories = try folder.folders
          .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
          .map { name, folder in
            var node = Messages.DirectoryNode()
            node.name = name
            node.digest = try addFolder(folder).message
            return node
          }
        return try add(directory)
      }
      var command = Messages.Command()
      command.arguments = action.arguments
      command.environmentVariables = action.environment.sorted { $0.key < $1.key }.map {
        var variable = Messages.Command.EnvironmentVariable()
        variable.name = $0.key
        variable.value = $0.value
        return variable
      }
      // The newer name, and the older for servers that know no other.
      command.outputPaths = action.outputs.sorted()
      command.outputFiles = command.outputPaths
      var properties = Messages.Platform()
      properties.properties = platform.sorted { $0.key < $1.key }.map {
        var property = Messages.Platform.Property()
        property.name = $0.key
        property.value = $0.value
        return property
      }
      if !platform.isEmpty { command.platform = properties }
      var message = Messages.Action()
      message.commandDigest = try add(command).message
      message.inputRootDigest = try addFolder(root).message
      message.timeout.seconds = Int64(action.seconds)
      message.doNotCache = action.isFresh
      if !platform.isEmpty { message.platform = properties }
      self.action = try add(message)
      self.contents = contents
    }

    private final class Folder {
      var files: [Messages.FileNode] = []
      var folders: [String: Folder] = [:]

      func folder(_ names: some Sequence<Substring>) -> Folder {
        names.reduce(self) { folder, name in
          if let known = folder.folders[String(name)] { return known }
          let new = Folder()
          folder.folders[String(name)] = new
          return new
        }
      }
    }
  }

  /// Of files, each read once as long as it stays as it is.
  final class FileDigests: Sendable {
    private let known = Mutex<[String: (fingerprint: String, digest: RemoteDigest)]>([:])

    func digest(of path: String) throws -> RemoteDigest {
      let fingerprint = FileSystem.status(path)?.fingerprint ?? ""
      if let known = known.withLock({ $0[path] }), known.fingerprint == fingerprint {
        return known.digest
      }
      let digest = RemoteDigest(try FileSystem.read(path))
      known.withLock { $0[path] = (fingerprint, digest) }
      return digest
    }
  }
#endif
