import HostSystem

/// Pictures that were drawn before, by what is on them.
struct PictureStore: Sendable {
  private let store: StoreFolder

  /// - Parameter path: the folder with all that is stored of a book.
  init(path: String) { store = StoreFolder(path) }

  private static let folder = "pictures"
  private static let kind = "picture-1"

  func bytes(for key: String) -> [UInt8]? {
    guard let place = store.place([Self.folder], key),
      case .whole(let bytes) = SealedFile.read(place, kind: Self.kind)
    else { return nil }
    return Array(bytes)
  }

  /// One that cannot be kept is drawn again next time.
  func keep(_ bytes: [UInt8], for key: String) {
    guard let place = try? store.made([Self.folder], key) else { return }
    try? SealedFile.write(bytes, kind: Self.kind, to: place)
  }

  /// Removes what the book does not show any more.
  func removeAll(but keys: Set<String>) {
    guard store.isMarked, let folder = store.place([], Self.folder) else { return }
    for name in FileSystem.names(in: folder) where !keys.contains(name) {
      FileSystem.discard(folder + "/" + name)
    }
  }
}
