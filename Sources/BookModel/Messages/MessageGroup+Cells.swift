extension MessageGroup {
  package static let cells = MessageGroup(title: "Cells: compiling and running") { id in
    switch id {
    case .cacheNotWritable:
      Explanation(
        "the cache folder '…' cannot be written: …",
        advice: "Name another folder with NNBOOK_CACHE, or make room on the disk.")
    case .cellClosesOutput:
      Explanation(
        "the cell closed standard output, or put another file in its place; results come to the page through it, so leave it as it is",
        advice: "Write to a file that the cell opens itself, and leave standard output open.")
    case .cellExits:
      Explanation(
        "the cell ended the program with exit code …, before the chapter's end; all cells run in one program, to their end, so leave out what exits",
        advice:
          "Remove the call, or end the cell's work with a condition. A cell that is to stop has the word 'crash'."
      )
    case .cellForgesRecords:
      Explanation(
        "the cell wrote a …record of the output channel, which belongs to nnbook",
        advice:
          "Print text, or show values with show(…); the records between cell and page are no interface."
      )
    case .cellLeavesProcess:
      Explanation(
        "the cell leaves the process '…' running; a cell waits for what it starts",
        advice: "Wait for the process in the cell that starts it.")
    case .cellMemoryLimit:
      Explanation(
        "the cell and the processes it started used more than … MiB of memory together, which is the limit",
        advice: "Use smaller batches, or let values go that are no longer needed.")
    case .cellOutputLimit:
      Explanation(
        "the cell printed more than … KiB, which is the limit",
        "the cell showed more than … MiB of tables and figures, which is the limit",
        advice:
          "Print less: every hundredth step, or a table. 'cut-output=16' keeps the first 16 KiB and leaves out the rest."
      )
    case .cellStopped:
      Explanation(
        "the cell stopped: …",
        "the cell stopped: endless recursion used up the stack",
        "the cell stopped: could not cast a value of type '…' to '…'",
        "the cell stopped: simultaneous accesses to one variable, but a modification requires exclusive access",
        advice:
          "Look at the line that the message names; what the cell printed before often says why. A cell that is meant to stop has the word 'crash'."
      )
    case .cellTimeout:
      Explanation(
        "the cell ran longer than … s, which is its limit",
        advice: "Give it more time with 'timeout=…', or let it do less.")
    case .checkOutsideExercise:
      Explanation(
        "check(…) tells a learner what an exercise asks, and belongs into a cell with 'checks'",
        advice:
          "Move it into the 'checks' of an exercise. To hold a result of the book itself, write an 'output' fence, or precondition(…)."
      )
    case .compilerFailed:
      Explanation(
        "the compiler stopped without naming a place in the chapter",
        advice:
          "Please report it with the chapter. Halving the cell that was changed last finds the line."
      )
    case .compilerMemoryLimit:
      Explanation(
        "'…' took more than … MiB of memory for the cells of this chapter, which is the limit",
        advice: "Move a large table into a file of 'data/', or split the cell.")
    case .compilerMissing:
      Explanation(
        "…; chapters with cells need Swift 6.3 or newer",
        advice:
          "Install Swift 6.3 or newer from https://www.swift.org/install, or name its compiler with NNBOOK_SWIFTC."
      )
    case .compilerOutputLimit:
      Explanation(
        "'…' said more about the cells of this chapter than anybody can read",
        advice: "Mend the first mistakes; halving the cell that was changed last finds them.")
    case .compilerTimeLimit:
      Explanation(
        "'…' took more than … s for the cells of this chapter, which is the limit",
        advice: "Give parts of long expressions names and types.")
    case .crashCellEnds:
      Explanation(
        "the cell runs to its end, but the word 'crash' says that it must stop",
        advice: "Remove the word 'crash', or bring the mistake back that the cell is to show.")
    case .dataNotReadable:
      Explanation(
        "data file 'data/…' cannot be read: …",
        "data file 'data/…' cannot be copied for the cells to '…': …",
        advice: "Give yourself the right to read the file, or make room for its copy.")
    case .engineBuildFailed:
      Explanation(
        "compiling the engine failed at …",
        advice:
          "Where you changed the engine, mend what the notes say; otherwise reinstall nnbook, or please report it."
      )
    case .engineMissing:
      Explanation(
        "the engine's sources are not in …; cells are compiled against them",
        "the engine's source '…' cannot be read: …",
        advice: "Reinstall nnbook, or name the folder of its sources with NNBOOK_ENGINE.")
    case .exerciseTopLevel:
      Explanation(
        "the cells of an exercise run inside braces, where no extension, import or operator can be declared; declare it in a cell above the exercise",
        advice: "Ask for a function or a type of its own instead of an extension.")
    case .failCellCompiles:
      Explanation(
        "the cell compiles, but the word 'fail' says that it must not",
        advice: "Remove the word 'fail', or bring the mistake back that the cell is to show.")
    case .inlineBeforeCell:
      Explanation(
        "inline value uses … before the cell that declares … (line …); values in sentences see the cells above them, so move the sentence below line …",
        advice: "Move the sentence below the cell, or the cell above the sentence.")
    case .inlineNotANumber:
      Explanation(
        "the value of '…' in the sentence is '…', no number",
        advice:
          "Look where the value comes from: a division by 0, a logarithm or root of a negative number, or a training that diverged."
      )
    case .inlineNotExpression:
      Explanation(
        "the inline value '…' is not one Swift expression",
        advice:
          "Write one expression: a name, a call, a computation. Statements belong into a cell.")
    case .layerBeforeLoss:
      Explanation(
        "'…()' ends a network that is trained with '.…', which …",
        "'…()' follows '…()', whose values are shares already: together they flatten every answer; leave one of them out",
        advice: "Leave the layer out, or choose the loss that belongs to it. A warning only.")
    case .notRun:
      Explanation(
        "cells of '…' have no stored results as they are now; a build without --no-exec runs them",
        advice: "Build once without '--no-exec'.")
    case .nothingChecked:
      Explanation(
        "the cell with 'checks' checks nothing; write check(condition, \"a sentence for the learner\")",
        advice:
          "Write at least one condition that the starter fails, each with a sentence that tells a learner what to look at."
      )
    case .programNotStarted:
      Explanation(
        "the program of '…' does not start: …",
        advice: "Look at the reason: mostly memory or the number of processes is used up.")
    case .remoteFailed:
      Explanation(
        "cells cannot run on '…': …; this machine runs them",
        "cells cannot run on '…': …; without a sandbox this machine runs nothing that others made",
        "cells cannot run on '…': …",
        advice:
          "The pages are right where this machine took over. Look at the address, the server and its workers, which need the toolchain of this machine at the same place; --remote-mode off asks none. See docs/remote.md."
      )
    case .reservedAttribute:
      Explanation(
        "the attribute '@…' is not for cells: it names or places code of the program that runs them, which belongs to nnbook",
        advice: "Leave the attribute out.")
    case .reservedName:
      Explanation(
        "the name '…' is reserved: names that begin with '_nnbook' belong to the program around the cells",
        advice: "Choose a name that does not begin with '_nnbook'.")
    case .resultsNotStored:
      Explanation(
        "the results of '…' cannot be stored in '…': …",
        advice:
          "The page is right, and the next build runs the chapter again. Make room on the disk, or the folder writable."
      )
    case .sandboxFailed:
      Explanation(
        "the sandbox of the cells does not start: …",
        advice:
          "See what the sandbox says. '--sandbox off' runs cells with limits alone; do so for books that you trust."
      )
    case .sandboxMissing:
      Explanation(
        "…; cells run with limits on time, memory and output only",
        "…, and this build requires the sandbox",
        advice:
          "Install bubblewrap, or allow it to make user namespaces. Until then, build only books that you trust."
      )
    case .solutionFails:
      Explanation(
        "the solution fails a check of its exercise: …",
        advice: "Mend the solution or the condition, whichever is wrong.")
    case .solutionStops:
      Explanation(
        "the solution stops before its checks are done: …",
        advice: "Mend what stops it; its message says what and, with a place, where.")
    case .starterPasses:
      Explanation(
        "the starter passes every check, so the exercise asks nothing of its learner",
        advice:
          "Take something out of the starter, or add a condition that only the solution meets.")
    case .sourceLocation:
      Explanation(
        "'#sourceLocation' would move the places of messages, which the chapter's lines are; leave it out",
        advice: "Leave the directive out.")
    case .storeDamaged:
      Explanation(
        "an entry of the store '…' is damaged; what it should hold is computed anew",
        advice:
          "The pages are right. Have whoever keeps the store look at its disk, and at who may write to it."
      )
    case .storeDiffers:
      Explanation(
        "cell gives another result here than the store '…' holds for it",
        "value is '…' here, and the store '…' holds '…' for it",
        "the module of the live cells is another one here than the store '…' holds",
        "formula is set otherwise here than the store '…' holds it",
        advice:
          "Find out which machine computes wrongly, or who writes to the store. 'nnbook build --rerun --store …' on a machine that you trust writes the entry anew."
      )
    case .storeRefused:
      Explanation(
        "the store '…' does not let this build … (status …); this build goes on without it",
        "the store '…' takes no results (status …); it is only read",
        "the proxy before the store '…' asks who this build is (status 407); this build goes on without it",
        advice:
          "Set NNBOOK_STORE_TOKEN, or NNBOOK_STORE_HEADER_FILE, to what proves who you are; with --store-mode read a build adds nothing. See docs/stores.md."
      )
    case .storeUnreachable:
      Explanation(
        "the store '…' gives no whole answer in time; this build goes on without it",
        "the store '…' answers with status …; this build goes on without it",
        "the store '…' answers with a page for people, such as one to sign in; this build goes on without it",
        "the store '…' cannot be reached: nobody takes connections there; this build goes on without it",
        "the store '…' does not speak TLS, as 'https' says; this build goes on without it",
        "the store '…' has a name that is unknown here; this build goes on without it",
        "the store '…' has no place for results at this address (status …); this build goes on without it",
        "the store '…' sends its clients to another address (status …), where nnbook does not follow; this build goes on without it",
        "the proxy that the environment names for the store '…' has a name that is unknown here; this build goes on without it",
        advice:
          "The pages are right, and what had to be run was run here. Look at the address, at the server, and at a proxy that http_proxy, https_proxy or all_proxy names (no_proxy names what is reached without it); --store-mode off asks none."
      )
    case .storeUntrusted:
      Explanation(
        "the store '…' shows a certificate that is not trusted here; this build goes on without it",
        "the store '…' shows a certificate whose time is over; this build goes on without it",
        "the store '…' shows the certificate of another server; this build goes on without it",
        advice:
          "Name the file of the authority that signed it with NNBOOK_STORE_CA_FILE or SSL_CERT_FILE, and look whether the address is the one in the certificate, and whether this machine's clock is right."
      )
    case .swiftError:
      Explanation(
        "cannot find '…' in scope",
        advice:
          "The words are the Swift compiler's own, at the line of the chapter. What they point at is Swift's grammar or types; a name that is not found may stand in a cell below, or in a cell before a 'reset'."
      )
    case .swiftWarning:
      Explanation(
        "initialization of variable '…' was never used; consider replacing with assignment to '_' or removing it",
        advice: "The words are the Swift compiler's own. The build goes on.")
    case .temporaryFolderNotWritable:
      Explanation(
        "the folder for temporary files, '…', cannot be written: …",
        advice: "Name another folder with TMPDIR, or make room on the disk.")
    case .unexpectedMessage:
      Explanation(
        "… does not contain '…'",
        advice: "Write into 'expect' a part of the message as it is now; the note quotes it.")
    case .unexpectedOutput:
      Explanation(
        "the cell prints '…' where '…' is expected",
        "the cell's output ends where '…' is expected",
        "the cell prints '…' after the end of the expected output",
        advice:
          "Where the new output is right, 'nnbook check --accept' takes it over. Numbers that may vary a little want 'tol=1e-4'."
      )
    case .useBeforeDeclaration:
      Explanation(
        "'…' is used before the line that declares it (line …); cells run from top to bottom, so declare it above",
        "'…' uses '…' before the line that declares it (line …); cells run from top to bottom, so use '…' below that line",
        advice: "Move the declaration up, or the use down.")
    default: nil
    }
  }
}
