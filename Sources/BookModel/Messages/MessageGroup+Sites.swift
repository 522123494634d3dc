extension MessageGroup {
  package static let sites = MessageGroup(title: "Writing and serving the site, editors") { id in
    switch id {
    case .foreignFiles:
      Explanation(
        "output '…' holds '…' that nnbook did not write; the output is an empty or new folder, or one that nnbook wrote (nothing was changed)",
        advice: "Name another output folder, or move the files away.")
    case .languageServerMissing:
      Explanation(
        "the toolchain has no 'sourcekit-lsp', which understands the cells",
        advice:
          "Install a whole toolchain from https://www.swift.org/install. Without it chapters are checked, and cells have no completion."
      )
    case .notRemovable:
      Explanation(
        "'…' cannot be removed: …",
        advice: "Give yourself the right to write the folder that it is in.")
    case .chromiumMissing:
      Explanation(
        "a PDF is printed by Chromium, and 'chromium' is not on the search path",
        "a PDF is printed by Chromium, and NNBOOK_CHROMIUM names '…', which is no program",
        "pictures for links are drawn by Chromium, and NNBOOK_CHROMIUM names '…', which is no program",
        advice: "Install Chromium, or name another browser of its kind with NNBOOK_CHROMIUM.")
    case .printingFailed:
      Explanation(
        "'…' printed no PDF", "'…' does not start: …", "'…' cannot be written: …",
        "'…' cannot be read: …", "'…' drew no picture of the figure for links to '…'",
        advice: "See what Chromium said; '--format print' makes the page that it prints.")
    case .notWatchable:
      Explanation(
        "'…' cannot be watched: …",
        advice:
          "Mostly the system's limit of watched files is reached; 'fs.inotify.max_user_watches' raises it."
      )
    case .outputIsAFile:
      Explanation(
        "output '…' is a file; the site is a folder",
        advice: "Name a folder for the site.")
    case .outputNotReadable:
      Explanation(
        "output '…' cannot be read: …",
        advice: "Give yourself the right to read the folder of the site.")
    case .outputNotWritable:
      Explanation(
        "output '…' cannot be written: …",
        advice:
          "Make room on the disk, or give yourself the right to write there. The site that was there stands."
      )
    case .editingNeedsSandbox:
      Explanation(
        "bubblewrap is not installed, and '--edit' runs what is typed into pages in the sandbox only",
        "bubblewrap may not make namespaces on this machine, and '--edit' runs what is typed into pages in the sandbox only",
        advice: "Install what the note names, or write in an editor beside 'nnbook serve'.")
    case .portTaken:
      Explanation(
        "port … is in use; '--port' names another",
        advice: "Stop the other server, or choose another port.")
    case .serverFailed:
      Explanation(
        "port … cannot be served: …",
        advice: "See the reason, and start it again.")
    case .siteDiffers:
      Explanation(
        "page is not what the chapters give from here on; 'nnbook build' writes it anew",
        "'…' is missing; 'nnbook build' writes it",
        "'…' is left from an earlier build; 'nnbook build' removes it",
        advice: "Run 'nnbook build', look at the difference, and commit it with the chapters.")
    default: nil
    }
  }
}
