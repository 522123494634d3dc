import HostSystem

@testable import EngineBuilding

/// An engine of four files, in a folder of its own.
/// - Parameter two: what one of its functions gives, so that engines differ.
func smallEngine(in folder: String, two: Int = 2) throws -> EngineSources {
  for (path, text) in [
    "NeuralNetKernels/include/NeuralNetKernels.h": "int one(void);\n",
    "NeuralNetKernels/one.c": "int one(void) { return 1; }\n",
    "NeuralNet/Two.swift": "public func two() -> Int { \(two) }\n",
    "Notebook/Three.swift": "import NeuralNet\npublic func three() -> Int { two() + 1 }\n",
  ] {
    try FileSystem.makeFolder(Path.folder(of: "\(folder)/\(path)"))
    try FileSystem.write(text, to: "\(folder)/\(path)")
  }
  return try EngineSources(folder: folder)
}
