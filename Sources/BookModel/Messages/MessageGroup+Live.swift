extension MessageGroup {
  package static let live = MessageGroup(title: "Live cells") { id in
    switch id {
    case .bakedCall:
      Explanation(
        "baked(…) did not run in the build, so the page has no value for it",
        "baked(…) gave different values in one run; it stands outside loops",
        advice: "Bake at the top of a cell, once: 'let trained = baked(net)'.")
    case .bakedSize:
      Explanation(
        "the baked value takes … KiB of the page, compressed; bake less than … KiB",
        advice: "Bake a smaller network, or fewer samples: 'baked(digits[0..<100])'.")
    case .bakedType:
      Explanation(
        "a value of type '…' cannot be baked; numbers, texts, arrays of them, tensors, data sets and networks of dense layers and activations can",
        advice: "Bake the numbers in it, and make the value of them in the live cell.")
    case .inlineLive:
      Explanation(
        "no live cell stands above that this inline value could follow; write '{swift}'",
        "baked(…) stands in a live cell, not in a sentence; write the name of what the cell made of it",
        "an inline value follows a live cell in the prose only, not in a caption or question; write '{swift}' here",
        advice:
          "'{swift live}' stands in the prose below the live cell whose variables it uses. A value that does not move begins with '{swift}'."
      )
    case .liveAwait:
      Explanation(
        "'await' waits for work elsewhere: a live cell runs from its first line to its last",
        advice: "Call the work directly: in the page nothing runs beside the cell.")
    case .liveDiffers:
      Explanation(
        "the live cell shows something else in the reader's page than in the build",
        "the inline value shows something else in the reader's page than in the build",
        advice:
          "The notes say from where on the two differ. Look for what depends on the machine: time, random numbers without a seed, the C library's own functions. If nothing of that is there, please report it: engine and page are to agree in every bit."
      )
    case .liveImport:
      Explanation(
        "module '…' doesn't exist in the reader's page: live cells have NeuralNet and Notebook only",
        advice:
          "Move what needs the module into a cell that is not live, and that the live cell does not use."
      )
    case .liveMemoryLimit:
      Explanation(
        "the live cell used more than … MiB as WebAssembly, which is the limit",
        advice: "Use smaller data at the defaults of the controls.")
    case .liveRandom:
      Explanation(
        "a random number without a seed would differ in the reader's page: a live cell draws from RandomSource(seed: seed())",
        advice:
          "Draw from a RandomSource; 'seed()' gives the reader a button that changes the seed.")
    case .liveRegex:
      Explanation(
        "regular expressions don't exist in the reader's page: a live cell looks through text with split(separator:), hasPrefix and loops",
        advice: "Take the text apart with the methods of String.")
    case .liveSlow:
      Explanation(
        "a move of a control takes … ms here until its result is there; above … ms a reader feels it",
        advice:
          "What no control changes runs once where it stands above the first control. Train in an earlier cell and take 'baked(net)', or let each move do less."
      )
    case .liveStopped:
      Explanation(
        "the live cell stops in the reader's page: …",
        advice:
          "The native program went on with the same values. Mostly whole numbers grew beyond 32 bits, or memory did beyond what a page has."
      )
    case .liveThrows:
      Explanation(
        "an error may leave the cell here: a live cell catches errors, or says 'try!'",
        advice: "Catch the error in the cell, or write 'try!' where it cannot happen.")
    case .liveTimeout:
      Explanation(
        "the live cell ran for more than … s as WebAssembly; a reader will not wait",
        advice:
          "Let it do less at the defaults of its controls: fewer steps, fewer samples. 'timeout=…' gives it more time."
      )
    case .liveToolchain:
      Explanation(
        "the toolchain has not …, so that live cells stay as they were built",
        advice:
          "Install a toolchain from https://www.swift.org/install. Without it pages show what the build computed, and no controls."
      )
    case .liveTypeUsesVariable:
      Explanation(
        "a type or extension uses the variable '…' of a cell: in a live cell it must get the value as a parameter",
        advice: "Give the type a property for the value, or the method a parameter.")
    case .liveUnprintable:
      Explanation(
        "the value of '…' cannot be written into text in the reader's page: show it with show(…), or write out its parts",
        advice: "Show the value on its own, or build the text of its parts.")
    case .liveUnsupported:
      Explanation(
        "'…' is unavailable: unavailable in embedded Swift",
        advice:
          "A live cell is Embedded Swift: no existentials but of classes, no key paths, no reflection, typed throws only. The notes say what to write instead."
      )
    case .nodeMissing:
      Explanation(
        "without 'node' nobody checks that live cells show in the page what they show in the build",
        advice: "Install node; Debian has it in the package nodejs.")
    case .wasmOptMissing:
      Explanation(
        "without 'wasm-opt' the live cells of a page are a fifth larger than they need be",
        advice: "Install binaryen.")
    default: nil
    }
  }
}
