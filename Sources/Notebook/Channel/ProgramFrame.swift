#if !hasFeature(Embedded)

  @preconcurrency import Glibc

  /// The innermost frame of the program that has a frame pointer, with its registers.
  ///
  /// Swift's backtraces follow frame pointers, of which the C library has none: where a signal finds
  /// the program in there, as it does whenever one aborts, they end at once. The tables by which
  /// exceptions of C++ are thrown lead out of it.
  struct ProgramFrame {
    private var address: UInt = 0
    private var stack: UInt = 0
    private var base: UInt = 0

    /// Lets the backtrace of a signal, which only reports, begin at this frame.
    static func tell(
      _ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?,
      _ context: UnsafeMutableRawPointer?,
      to handler: sigaction
    ) {
      guard handler.sa_flags & SA_SIGINFO != 0, let context,
        let handle = handler.__sigaction_handler.sa_sigaction
      else { return }
      let registers = context.assumingMemoryBound(to: ucontext_t.self)
      let found = registers.pointee
      if let frame = innermost(from: address(in: registers)) { frame.put(in: registers) }
      handle(signal, info, context)
      registers.pointee = found
    }

    private static func address(in context: UnsafeMutablePointer<ucontext_t>) -> UInt {
      #if arch(x86_64)
        withUnsafeBytes(of: context.pointee.uc_mcontext.gregs) {
          $0.load(fromByteOffset: Self.addressPlace * 8, as: UInt.self)
        }
      #elseif arch(arm64)
        UInt(context.pointee.uc_mcontext.pc)
      #else
        0
      #endif
    }

    private func put(in context: UnsafeMutablePointer<ucontext_t>) {
      #if arch(x86_64)
        withUnsafeMutableBytes(of: &context.pointee.uc_mcontext.gregs) { registers in
          let registers = registers.bindMemory(to: UInt.self)
          registers[Self.addressPlace] = address
          registers[Self.stackPlace] = stack
          registers[Self.basePlace] = base
        }
      #elseif arch(arm64)
        context.pointee.uc_mcontext.pc = UInt64(address)
        context.pointee.uc_mcontext.sp = UInt64(stack)
        context.pointee.uc_mcontext.regs.29 = UInt64(base)
      #endif
    }

    /// Places of `REG_RBP`, `REG_RSP` and `REG_RIP` among the registers.
    private static let (basePlace, stackPlace, addressPlace) = (10, 15, 16)

    // MARK: Walking the stack

    private struct Walk {
      /// Where the signal found the program: the frames before are those of its handlers.
      var start: UInt
      var hasBegun = false
      var last: ProgramFrame?
      var found: ProgramFrame?
    }

    private static func innermost(from start: UInt) -> ProgramFrame? {
      guard let unwinder else { return nil }
      var walk = Walk(start: start)
      _ = unwinder.walk(
        { context, data in
          guard let unwinder = ProgramFrame.unwinder, let context,
            let walk = data?.assumingMemoryBound(to: Walk.self)
          else { return 5 }
          return unwinder.step(context, &walk.pointee) ? 5 : 0
        }, &walk)
      return walk.found
    }

    /// Functions of the C++ runtime, which every program of Swift has.
    private struct Unwinder {
      typealias Step = @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?) -> Int32
      let walk: @convention(c) (Step, UnsafeMutableRawPointer?) -> Int32
      let address: @convention(c) (OpaquePointer) -> UInt
      let stack: @convention(c) (OpaquePointer) -> UInt
      let register: @convention(c) (OpaquePointer, Int32) -> UInt
      private let file: @convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer) -> Int32
      /// Where the C library begins.
      private var library: UnsafeRawPointer?

      init?() {
        guard let walk = dlsym(nil, "_Unwind_Backtrace"), let address = dlsym(nil, "_Unwind_GetIP"),
          let stack = dlsym(nil, "_Unwind_GetCFA"), let register = dlsym(nil, "_Unwind_GetGR"),
          let file = dlsym(nil, "dladdr"), let abort = dlsym(nil, "abort")
        else { return nil }
        self.walk = unsafeBitCast(
          walk, to: (@convention(c) (Step, UnsafeMutableRawPointer?) -> Int32).self)
        self.address = unsafeBitCast(address, to: (@convention(c) (OpaquePointer) -> UInt).self)
        self.stack = unsafeBitCast(stack, to: (@convention(c) (OpaquePointer) -> UInt).self)
        self.register = unsafeBitCast(
          register, to: (@convention(c) (OpaquePointer, Int32) -> UInt).self)
        self.file = unsafeBitCast(
          file, to: (@convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer) -> Int32).self)
        library = start(ofFileAt: abort)
      }

      /// Where the program or library begins that holds the address; nil for none.
      private func start(ofFileAt address: UnsafeRawPointer?) -> UnsafeRawPointer? {
        // `Dl_info`: name and place of the file, name and place of the symbol.
        var found: (UnsafeRawPointer?, UnsafeRawPointer?, UnsafeRawPointer?, UnsafeRawPointer?)
        found = (nil, nil, nil, nil)
        return file(address, &found) != 0 ? found.1 : nil
      }

      /// Whether the frame is found.
      func step(_ context: OpaquePointer, _ walk: inout Walk) -> Bool {
        let stack = stack(context)
        let address = address(context)
        let isFirst = !walk.hasBegun
        if isFirst {
          guard address == walk.start else { return false }
          walk.hasBegun = true
        }
        // A frame with a pointer ends right above the two words to which that points.
        if let last = walk.last, Self.baseNumber != 6 || last.base &+ 16 == stack {
          walk.found = last
          return true
        }
        walk.last = nil
        if start(ofFileAt: UnsafeRawPointer(bitPattern: address)) != library {
          walk.last = ProgramFrame(
            // A call stands before the place to which it returns.
            address: isFirst ? address : address - 1, stack: stack,
            base: register(context, Self.baseNumber))
        }
        return false
      }

      #if arch(x86_64)
        /// Of the register that points to the frame, in the tables.
        private static let baseNumber: Int32 = 6
      #else
        private static let baseNumber: Int32 = 29
      #endif
    }

    private nonisolated(unsafe) static let unwinder = Unwinder()

    /// Looks up beforehand what cannot be looked up while a signal is handled.
    static func prepare() { _ = unwinder }
  }

#endif
