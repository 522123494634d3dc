import ArgumentParser
import HostSystem

struct NNBook: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nnbook",
    abstract: "Turn Markdown chapters with Swift cells into a website whose numbers are computed.",
    version: "0.1.0",
    subcommands: [
      Build.self, Serve.self, Check.self, New.self, Init.self, Import.self, Why.self, Explain.self,
      Clean.self,
      LanguageServerCommand.self,
    ])
}

@main
enum Program {
  static func main() async {
    // A file that grows beyond the user's limit is an error to tell, like a full disk; unheard, the
    // signal would end the build without a word.
    Signal.fileTooLarge.ignore()
    // Whoever reads what this says may go away; the work is done nonetheless.
    Signal.brokenPipe.ignore()
    StandardStream.openAll()
    // A cell that starts a program cannot, where a file is open beyond the number of those it may have.
    RunningProcess.keepFilesToItself()
    await NNBook.main()
  }
}
