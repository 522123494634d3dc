import NeuralNet

@_cdecl("bits_count") public func bitsCount() -> Int32 { Int32(bitsPrograms.count) }

@_cdecl("bits_name") public func bitsName(_ index: Int32, _ length: UnsafeMutablePointer<Int32>)
  -> UnsafePointer<UInt8>
{
  let name = bitsPrograms[Int(index)].name
  length.pointee = Int32(name.utf8CodeUnitCount)
  return name.utf8Start
}

@_cdecl("bits_run") public func bitsRun(_ index: Int32) -> UInt64 {
  bitsPrograms[Int(index)].run()
}
