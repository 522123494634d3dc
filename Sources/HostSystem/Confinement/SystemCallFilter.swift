/// A filter of system calls for `bwrap --seccomp`: what neither a cell nor a compiler has a use for
/// is refused, above all what has led out of sandboxes before. A list of what is refused, since a
/// program may come with libraries that call anything else.
///
/// The form is the kernel's own: instructions of classic BPF over `struct seccomp_data`
/// (linux/seccomp.h, linux/filter.h).
package struct SystemCallFilter: Sendable {
  private var instructions: [Instruction] = []

  private struct Instruction {
    var code: UInt16
    var ifTrue: UInt8 = 0
    var ifFalse: UInt8 = 0
    var value: UInt32
  }

  /// As the kernel reads it; nil on processors whose numbers are not known here.
  package static let bytes: [UInt8]? = Numbers.own.map { SystemCallFilter($0).encoded }

  private init(_ numbers: Numbers) {
    load(Self.architecturePlace)
    // Calls of another architecture, such as 32-bit ones, have other numbers.
    unless(equals: numbers.architecture, answer: Self.kill)
    load(Self.numberPlace)
    if let first = numbers.firstForeign { refuse(from: first) }
    for number in numbers.refused { refuse(number, with: .notPermitted) }
    // Its flags are in memory, which no filter can read; without it `clone` is called.
    refuse(numbers.clone3, with: .unsupported)
    refuse(numbers.clone, whenFirstArgumentHas: Self.newNamespaces)
    allowSockets(numbers.socket)
    answer(Self.allow)
  }

  private static let numberPlace: UInt32 = 0
  private static let architecturePlace: UInt32 = 4
  private static let firstArgumentPlace: UInt32 = 16
  private static let allow: UInt32 = 0x7FFF_0000
  private static let kill: UInt32 = 0x8000_0000
  private static let failure: UInt32 = 0x0005_0000
  /// CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET, NEWTIME.
  private static let newNamespaces: UInt32 = 0x7E02_0080
  /// AF_UNIX, AF_INET, AF_INET6: those that the sandbox's own network holds.
  private static let families: [UInt32] = [1, 2, 10]
  private static let familyUnsupported: UInt32 = 97

  private mutating func load(_ place: UInt32) {
    instructions.append(Instruction(code: 0x20, value: place))
  }

  private mutating func answer(_ value: UInt32) {
    instructions.append(Instruction(code: 0x06, value: value))
  }

  private mutating func unless(equals value: UInt32, answer: UInt32) {
    instructions.append(Instruction(code: 0x15, ifTrue: 1, value: value))
    self.answer(answer)
  }

  private mutating func refuse(_ number: UInt32, with code: SystemCode) {
    instructions.append(Instruction(code: 0x15, ifFalse: 1, value: number))
    answer(Self.failure | UInt32(code.rawValue))
  }

  private mutating func refuse(from number: UInt32) {
    instructions.append(Instruction(code: 0x35, ifFalse: 1, value: number))
    answer(Self.failure | UInt32(SystemCode.unsupported.rawValue))
  }

  private mutating func refuse(_ number: UInt32, whenFirstArgumentHas bits: UInt32) {
    instructions.append(Instruction(code: 0x15, ifFalse: 4, value: number))
    load(Self.firstArgumentPlace)
    instructions.append(Instruction(code: 0x45, ifFalse: 1, value: bits))
    answer(Self.failure | UInt32(SystemCode.notPermitted.rawValue))
    load(Self.numberPlace)
  }

  private mutating func allowSockets(_ number: UInt32) {
    let count = Self.families.count
    instructions.append(Instruction(code: 0x15, ifFalse: UInt8(count + 3), value: number))
    load(Self.firstArgumentPlace)
    for (index, family) in Self.families.enumerated() {
      instructions.append(
        Instruction(code: 0x15, ifTrue: UInt8(count - index), value: family))
    }
    answer(Self.failure | Self.familyUnsupported)
    load(Self.numberPlace)
  }

  private var encoded: [UInt8] {
    instructions.flatMap { instruction in
      [
        UInt8(truncatingIfNeeded: instruction.code), UInt8(instruction.code >> 8),
        instruction.ifTrue, instruction.ifFalse,
      ] + (0..<4).map { UInt8(truncatingIfNeeded: instruction.value >> (8 * $0)) }
    }
  }
}

/// The numbers of system calls on one kind of processor (asm/unistd.h).
private struct Numbers {
  /// AUDIT_ARCH_…
  var architecture: UInt32
  /// From here on numbers are another architecture's.
  var firstForeign: UInt32?
  var clone: UInt32
  var clone3: UInt32 = 435
  var socket: UInt32
  var refused: [UInt32]

  /// Of the calls that came after the numbers were made the same everywhere: io_uring_setup,
  /// io_uring_enter, io_uring_register, open_tree, move_mount, fsopen, fsconfig, fsmount, fspick,
  /// pidfd_getfd, process_madvise, mount_setattr, quotactl_fd, memfd_secret,
  /// process_mrelease, set_mempolicy_home_node, open_tree_attr.
  private static let common: [UInt32] = [
    425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 440, 442, 443, 447, 448, 450, 467,
  ]

  static var own: Numbers? {
    #if arch(x86_64)
      Numbers(
        architecture: 0xC000_003E, firstForeign: 0x4000_0000, clone: 56, socket: 41,
        refused: common + [
          // Keys: add_key, request_key, keyctl
          248, 249, 250,
          // Namespaces and mounts: unshare, setns, mount, umount2, pivot_root, chroot
          272, 308, 165, 166, 155, 161,
          // Other processes: ptrace, process_vm_readv, process_vm_writev, kcmp
          101, 310, 311, 312,
          // The kernel's insides: bpf, perf_event_open, userfaultfd, kexec_load, kexec_file_load,
          // init_module, finit_module, delete_module, syslog, acct, swapon, swapoff, reboot, iopl,
          // ioperm, modify_ldt, lookup_dcookie, quotactl, nfsservctl, vhangup, _sysctl
          321, 298, 323, 246, 320, 175, 313, 176, 103, 163, 167, 168, 169, 172, 173, 154, 212, 179,
          180, 153, 156,
          // Clocks and names: settimeofday, adjtimex, clock_settime, clock_adjtime, sethostname,
          // setdomainname
          164, 159, 227, 305, 170, 171,
          // Files by handle: name_to_handle_at, open_by_handle_at, fanotify_init
          303, 304, 300,
          // Memory that no limit counts: memfd_create, shmget, semget, msgget, mq_open
          319, 29, 64, 68, 240,
          // Placement of memory: mbind, set_mempolicy, migrate_pages, move_pages
          237, 238, 256, 279,
        ])
    #elseif arch(arm64)
      Numbers(
        architecture: 0xC000_00B7, firstForeign: nil, clone: 220, socket: 198,
        refused: common + [
          // The same, in the same order
          217, 218, 219, 97, 268, 40, 39, 41, 51, 117, 270, 271, 272, 280, 241, 282, 104, 294, 105,
          273, 106, 116, 89, 224, 225, 142, 18, 60, 42, 58, 170, 171, 112, 266, 161, 162, 264, 265,
          262, 279, 194, 190, 186, 180, 235, 237, 238, 239,
        ])
    #else
      nil
    #endif
  }
}
