#if !hasFeature(Embedded)

  /// What an optimizer remembers of its parameters, kept from one training to the next, and in files:
  /// running means, numbers of steps, places in a schedule.
  ///
  ///     let memory = OptimizerMemory()
  ///     let optimizer = Optimizer.adam().remembering(memory)
  ///     net.train(on: data, loss: .crossEntropy, optimizer: optimizer, epochs: 10)
  ///     net.train(on: data, loss: .crossEntropy, optimizer: optimizer, epochs: 10)   // goes on
  ///     let text = memory.saved()
  ///
  /// Ten epochs and ten more, with `saved` and `load` of network and memory in between, give the bits of
  /// twenty. Without a memory every training begins with an optimizer that has seen nothing. Live cells
  /// have no files, and none of this.
  public final class OptimizerMemory {
    private var rule: (any UpdateRule)?
    private var parameters: [Storage] = []
    private var optimizer = ""
    /// What was loaded before there was a rule to take it.
    private var waiting: OptimizerState?

    /// An empty one: the first training with it begins as if there were none.
    public init() {}

    func rule(
      of name: String, for tensors: [Tensor], make: () -> any UpdateRule
    ) -> any UpdateRule {
      let storages = tensors.map { tensor in tensor.storage }
      if let rule, optimizer.utf8.elementsEqual(name.utf8), storages.count == parameters.count,
        zip(storages, parameters).allSatisfy({ $0 === $1 })
      {
        return rule
      }
      let made = make()
      (rule, parameters, optimizer) = (made, storages, name)
      if let state = waiting {
        waiting = nil
        stopping("OptimizerMemory") { () throws(ParameterFileError) in try put(state) }
      }
      return made
    }

    /// What is remembered, as JSON with a checksum.
    public func saved() -> String {
      let state = waiting ?? OptimizerState(of: rule, named: optimizer)
      return state.text
    }

    /// Takes over what the memory of the same optimizer for parameters of the same sizes saved; changes
    /// nothing where it throws. Before the first training the sizes are not known, and are compared when
    /// that begins.
    public func load(_ text: String) throws(ParameterFileError) {
      let state = try OptimizerState(parsing: text)
      if rule == nil { waiting = state } else { try put(state) }
    }

    private func put(_ state: OptimizerState) throws(ParameterFileError) {
      guard let rule else { return }
      guard state.optimizer.utf8.elementsEqual(optimizer.utf8) else {
        throw .optimizer(expected: optimizer, got: state.optimizer)
      }
      let own = OptimizerState(of: rule, named: optimizer)
      guard own.arrays.count == state.arrays.count, own.numbers.count == state.numbers.count else {
        throw .optimizer(
          expected: "\(optimizer) with \(own.arrays.count) arrays",
          got: "\(state.optimizer) with \(state.arrays.count)")
      }
      for (place, (mine, array)) in zip(own.arrays, state.arrays).enumerated()
      where mine.count != array.count {
        throw .valueCount(array: "array \(place + 1)", expected: mine.count, got: array.count)
      }
      state.begin(.loading)
      rule.exchange(state)
    }
  }

  extension Optimizer {
    /// This optimizer, which goes on where the last training with the same memory and parameters ended.
    public func remembering(_ memory: OptimizerMemory) -> Optimizer {
      let inner = self
      return Optimizer(name, learningRate: learningRate) { parameters in
        memory.rule(of: inner.name, for: parameters) { inner.rule(for: parameters) }
      }
    }
  }

  /// The numbers and arrays that a rule remembers, on their way out of it or back into it.
  ///
  /// A rule names each of them in one order; see `UpdateRule.exchange`.
  public final class OptimizerState {
    enum Direction {
      case saving
      case loading
    }

    let optimizer: String
    private(set) var numbers: [Double]
    private(set) var arrays: [[Float]]
    private var direction = Direction.saving
    private var nextNumber = 0
    private var nextArray = 0

    private init(_ optimizer: String, _ numbers: [Double], _ arrays: [[Float]]) {
      self.optimizer = optimizer
      self.numbers = numbers
      self.arrays = arrays
    }

    convenience init(of rule: (any UpdateRule)?, named optimizer: String) {
      self.init(optimizer, [], [])
      rule?.exchange(self)
    }

    func begin(_ direction: Direction) {
      (self.direction, nextNumber, nextArray) = (direction, 0, 0)
    }

    /// A number that the rule counts or multiplies on with.
    public func exchange(_ number: inout Double) {
      if direction == .saving { return numbers.append(number) }
      number = numbers[nextNumber]
      nextNumber += 1
    }

    /// A count, such as that of the steps taken; exact up to 2⁵³.
    public func exchange(_ number: inout Int) {
      var value = Double(number)
      exchange(&value)
      number = Int(value)
    }

    /// Something that the rule has or has not done yet.
    public func exchange(_ flag: inout Bool) {
      var value = flag ? 1.0 : 0
      exchange(&value)
      flag = value != 0
    }

    /// An array as long as a parameter.
    public func exchange(_ array: Tensor) { exchange(array.storage) }

    func exchange(_ storages: [Storage]) { for storage in storages { exchange(storage) } }

    private func exchange(_ storage: Storage) {
      if direction == .saving { return arrays.append(storage.copiedValues) }
      storage.put(arrays[nextArray])
      nextArray += 1
    }

    // MARK: Text

    /// Doubles as their bits, in halves: a decimal would have to be read without an error.
    var text: String {
      var text =
        "{\"format\": \"optimizer memory\", \"version\": 1, \"optimizer\": \"\(optimizer)\",\n"
      text += " \"checksum\": \"\(checksum)\",\n \"bits\": ["
      for (place, number) in numbers.enumerated() {
        text += place > 0 ? ", " : ""
        text += "\(number.bitPattern >> 32), \(number.bitPattern & 0xffff_ffff)"
      }
      text += "],\n \"arrays\": ["
      for (index, array) in arrays.enumerated() {
        text += (index == 0 ? "\n" : ",\n") + "  {\"values\": ["
        for (place, value) in array.enumerated() {
          text += (place > 0 ? ", " : "") + JSONNumber.text(value)
        }
        text += "]}"
      }
      return text + "]}\n"
    }

    convenience init(parsing text: String) throws(ParameterFileError) {
      let json = try JSONText(parsing: text)
      guard case .number(let version) = try json.member("version") else {
        throw .missing(.init(text: "version"))
      }
      if version != 1 { throw .version(version.isFinite && abs(version) < 1e9 ? Int(version) : -1) }
      let halves = try json.numbers("bits")
      guard halves.count % 2 == 0, halves.allSatisfy({ $0 >= 0 && $0 < 0x1p32 }) else {
        throw .missing(.init(text: "bits"))
      }
      let numbers = stride(from: 0, to: halves.count, by: 2).map { place in
        Double(bitPattern: UInt64(halves[place]) << 32 | UInt64(halves[place + 1]))
      }
      var arrays: [[Float]] = []
      for item in try json.array("arrays") {
        arrays.append(try item.numbers("values").map { Float($0) })
      }
      self.init(try json.string("optimizer"), numbers, arrays)
      let stated = try json.string("checksum")
      guard stated.utf8.elementsEqual(checksum.utf8) else {
        throw .checksum(stated: stated, computed: checksum)
      }
    }

    /// FNV-1a over the optimizer's name, sizes and bits, in hexadecimal.
    private var checksum: String {
      var state: UInt64 = 0xcbf2_9ce4_8422_2325
      func mix(_ value: UInt64) { state = (state ^ value) &* 0x100_0000_01b3 }
      for byte in optimizer.utf8 { mix(UInt64(byte)) }
      for number in numbers { mix(number.bitPattern) }
      for array in arrays {
        mix(UInt64(array.count))
        for value in array { mix(UInt64(value.isNaN ? 0x7fc0_0000 : value.bitPattern)) }
      }
      return String(state, radix: 16)
    }
  }

#endif
