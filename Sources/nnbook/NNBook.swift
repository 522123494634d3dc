import ArgumentParser

@main
struct NNBook: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nnbook",
    abstract: "Turn Markdown chapters with Swift cells into a website whose numbers are computed.",
    version: "0.1.0",
    subcommands: [
      Build.self, Serve.self, Check.self, New.self, Init.self, Why.self, Clean.self,
    ])
}
