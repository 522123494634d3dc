internal import NeuralNetKernels

/// Which vector instructions the engine uses. All of them give the same bits.
public enum InstructionSet: String, CaseIterable, Sendable {
  /// C that every processor runs, and WebAssembly.
  case portable
  /// Eight numbers at once, on x86-64.
  case avx2
  /// Sixteen numbers at once, on x86-64.
  case avx512
  /// That of 64-bit Arm.
  case neon

  /// The best one that this processor has.
  public static var best: InstructionSet { InstructionSet(nn_best_instruction_set()) }

  /// The one in use. Set `NEURALNET_KERNELS` in the environment to one of the names to start with it.
  public static var current: InstructionSet { InstructionSet(nn_current_instruction_set()) }

  /// Uses this one from now on; false, and no change, where the processor does not have it.
  @discardableResult
  public func use() -> Bool {
    switch self {
    case .portable: nn_use_instruction_set(NN_PORTABLE)
    case .avx2: nn_use_instruction_set(NN_AVX2)
    case .avx512: nn_use_instruction_set(NN_AVX512)
    case .neon: nn_use_instruction_set(NN_NEON)
    }
  }

  private init(_ set: nn_instruction_set) {
    switch set {
    case NN_AVX512: self = .avx512
    case NN_AVX2: self = .avx2
    case NN_NEON: self = .neon
    default: self = .portable
    }
  }
}
