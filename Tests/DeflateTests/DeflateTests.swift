import Foundation
import Support
import Testing

@testable import Deflate

/// What browsers do with it is done here by a decoder that follows RFC 1951 and nothing else.
struct DeflateTests {
  @Test func whatIsCompressedComesBack() throws {
    var random = SeededGenerator()
    var samples: [[UInt8]] = [
      [], [0], [255, 255], Array("abcabcabcabcabc".utf8), [UInt8](repeating: 7, count: 100_000),
      (0..<256).map { UInt8($0) }, (0..<20_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 7) },
    ]
    for kinds in [2, 3, 17, 256] {
      samples.append((0..<4000).map { _ in UInt8(Int.random(in: 0..<kinds, using: &random)) })
    }
    // Pieces that stood long before, at and beyond the window's end.
    let piece = (0..<300).map { _ in UInt8.random(in: 0...255, using: &random) }
    for gap in [32_467, 32_468, 32_469, 60_000] {
      samples.append(piece + [UInt8](repeating: 1, count: gap) + piece)
    }
    for sample in samples { #expect(try inflated(deflated(sample)) == sample) }
  }

  /// A module of live cells has the same bytes wherever a book is built: these are pinned.
  @Test func bytesAreThoseOnRecord() throws {
    var random = SeededGenerator()
    let samples: [[UInt8]] = [
      [], [0], Array("the loss falls from 0.69 to 0.003".utf8),
      [UInt8](repeating: 7, count: 70_000),
      (0..<20_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 7) },
      (0..<5000).map { _ in UInt8.random(in: 0...255, using: &random) },
      (0..<70_000).map { _ in UInt8.random(in: 0..<3, using: &random) },
    ]
    let lines = samples.map { sample in
      let bytes = deflated(sample)
      let digest = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
        ($0 ^ UInt64($1)) &* 0x100_0000_01B3
      }
      return "\(sample.count) bytes: \(bytes.count), \(String(digest, radix: 16))\n"
    }
    Golden.expect(
      lines.joined(), at: Repository.root.appending(path: "Tests/DeflateTests/Golden/bytes.txt"))
  }

  @Test func textIsMadeFewer() {
    let text = Array(String(repeating: "the loss falls from 0.69 to 0.003; ", count: 200).utf8)
    #expect(deflated(text).count < 100)
  }

  @Test func noWordIsLongerThanTheLimit() {
    // Frequencies that would give a chain of 40 bits.
    var frequencies = [1, 1]
    while frequencies.count < 40 { frequencies.append(frequencies.suffix(2).reduce(0, +)) }
    let lengths = PrefixCode(frequencies, longest: 15).lengths
    #expect(lengths.max() == 15)
    #expect(lengths.reduce(0) { $0 + (1 << (15 - $1)) } == 1 << 15, "every word is used")
  }
}

private struct Malformed: Error {}

private struct BitReader {
  var bytes: [UInt8]
  var place = 0

  mutating func bits(_ count: Int) throws -> Int {
    var value = 0
    for bit in 0..<count {
      guard place / 8 < bytes.count else { throw Malformed() }
      value |= Int(bytes[place / 8] >> UInt8(place % 8) & 1) << bit
      place += 1
    }
    return value
  }

  /// - Parameter table: the symbols of each length of word.
  mutating func symbol(_ table: [[Int]]) throws -> Int {
    var code = 0
    var first = 0
    for symbols in table {
      code = code << 1 | (try bits(1))
      if code - first < symbols.count { return symbols[code - first] }
      first = (first + symbols.count) << 1
    }
    throw Malformed()
  }
}

private func table(_ lengths: some Collection<Int>) -> [[Int]] {
  (1...15).map { length in
    lengths.enumerated().filter { $0.element == length }.map { $0.offset }
  }
}

private func inflated(_ bytes: [UInt8]) throws -> [UInt8] {
  var reader = BitReader(bytes: bytes)
  var output: [UInt8] = []
  var isLast = false
  while !isLast {
    isLast = try reader.bits(1) == 1
    guard try reader.bits(2) == 2 else { throw Malformed() }
    let counts = (try reader.bits(5) + 257, try reader.bits(5) + 1, try reader.bits(4) + 4)
    var codes = [Int](repeating: 0, count: 19)
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    for place in 0..<counts.2 { codes[order[place]] = try reader.bits(3) }
    let lengthCode = table(codes)
    var lengths: [Int] = []
    while lengths.count < counts.0 + counts.1 {
      switch try reader.symbol(lengthCode) {
      case 16:
        guard let last = lengths.last else { throw Malformed() }
        lengths += [Int](repeating: last, count: try reader.bits(2) + 3)
      case 17: lengths += [Int](repeating: 0, count: try reader.bits(3) + 3)
      case 18: lengths += [Int](repeating: 0, count: try reader.bits(7) + 11)
      case let length: lengths.append(length)
      }
    }
    let literals = table(lengths[..<counts.0])
    let distances = table(lengths[counts.0...])
    while true {
      let symbol = try reader.symbol(literals)
      if symbol == 256 { break }
      if symbol < 256 {
        output.append(UInt8(symbol))
        continue
      }
      let length: Int
      if symbol == 285 {
        length = 258
      } else {
        let bits = symbol < 265 ? 0 : (symbol - 261) / 4
        let base = bits == 0 ? symbol - 254 : 3 + ((4 + (symbol - 265) % 4) << bits)
        length = base + (try reader.bits(bits))
      }
      let kind = try reader.symbol(distances)
      let bits = kind < 4 ? 0 : kind / 2 - 1
      let base = bits == 0 ? kind + 1 : 1 + ((2 + kind % 2) << bits)
      let distance = base + (try reader.bits(bits))
      guard distance <= output.count, distance <= 32_768 else { throw Malformed() }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }
  return output
}

@Suite struct ArchiveTests {
  /// The archive as Python's `zipfile` reads it: names, contents, checksums.
  @Test func anotherProgramReadsIt() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nnbook-zip-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var archive = ZipArchive()
    archive.add(Array("first".utf8), at: "mimetype", isStored: true)
    archive.add([UInt8](repeating: 65, count: 5000), at: "Ordner/größer.txt")
    archive.add([], at: "empty")
    try Data(archive.finished()).write(to: folder.appendingPathComponent("a.zip"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      """
      import sys, zipfile
      archive = zipfile.ZipFile(sys.argv[1])
      assert archive.testzip() is None
      sys.stdout.buffer.write(repr([(i.filename, i.file_size, i.compress_type, i.date_time)
        for i in archive.infolist()]).encode())
      """, folder.appendingPathComponent("a.zip").path,
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let day = "(1980, 1, 1, 0, 0, 0)"
    #expect(
      said == """
        [('mimetype', 5, 0, \(day)), ('Ordner/größer.txt', 5000, 8, \(day)), ('empty', 0, 0, \(day))]
        """)
  }
}
