import Glibc

/// Gives memory that was freed back to the system. Glibc keeps it for the thread that had asked for it,
/// so that the trees of one stage would stay beside those of the next.
package func returnFreedMemory() {
  // The header that declares it is not part of Swift's import.
  typealias Function = @convention(c) (Int) -> Int32
  guard let symbol = dlsym(nil, "malloc_trim") else { return }
  _ = unsafeBitCast(symbol, to: Function.self)(0)
}
