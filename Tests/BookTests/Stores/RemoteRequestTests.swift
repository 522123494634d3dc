import HostSystem
import RemoteExecution
import Testing

@Suite struct `Which machines run the cells` {
  private func address(_ text: String) -> String {
    do {
      return try RemoteAddress(text).text
    } catch {
      return error.summary
    }
  }

  @Test(arguments: [
    ("grpc://build.example:8980", "grpc://build.example:8980"),
    ("GRPCS://build.example", "grpcs://build.example:443"),
    ("grpcs://build.example/main/", "grpcs://build.example:443/main"),
    ("grpc://build.example:1/a/b", "grpc://build.example:1/a/b"),
    ("grpc://[::1]:8980", "grpc://[::1]:8980"),
    (
      "build.example:8980",
      "remote 'build.example:8980' is no address; one reads 'grpcs://build.example:443/instance'"
    ),
    (
      "https://build.example",
      "remote 'https://build.example' is reached by 'grpc' or 'grpcs', not by 'https'"
    ),
    (
      "grpc://me:secret@build.example",
      "remote 'grpc://…@build.example' has a name or password in its address; NNBOOK_REMOTE_TOKEN or "
        + "NNBOOK_REMOTE_HEADER_FILE holds what proves who you are"
    ),
    (
      "grpc://build.example?x=1",
      "remote 'grpc://build.example?…' has more than a host, a port and an instance in its address"
    ),
    (
      "grpc://build.example:70000",
      "remote 'grpc://build.example:70000' has port 70000; ports are from 1 to 65535"
    ),
  ])
  func `is said by an address`(text: String, expected: String) {
    #expect(address(text) == expected)
  }

  private func request(
    _ option: String?, mode: RemoteMode = .auto, platform: [String] = [],
    _ environment: [String: String] = [:]
  ) -> String {
    do {
      let request = try RemoteRequest(
        option: option, mode: mode, platform: platform, environment: environment)
      return request.map {
        "\($0.address.text) \($0.isRequired) \($0.platform.sorted { $0.key < $1.key })"
      }
        ?? "none"
    } catch {
      return "\(error)"
    }
  }

  @Test func `is asked of the option first, and never where none is to be asked`() {
    #expect(request(nil) == "none")
    #expect(request("grpc://a:1", mode: .off) == "none")
    #expect(request(nil, ["NNBOOK_REMOTE": ""]) == "none")
    #expect(request("no address", ["NNBOOK_REMOTE": "grpc://b:2"]).hasPrefix("remote 'no address'"))
    #expect(request(nil, mode: .off, ["NNBOOK_REMOTE": "no address"]) == "none")
  }

  @Test(.enabled(if: !RemoteRequest.isPossible, "this tool speaks to servers"))
  func `needs a tool that can ask them`() {
    #expect(
      request("grpc://a:1")
        == "this nnbook was built without remote execution; 'swift build --traits Remote' in its sources "
        + "makes one that has it, and '--remote-mode off' builds on this machine")
  }

  @Test(.enabled(if: RemoteRequest.isPossible, "this tool speaks to no servers"))
  func `is all that it is told, without secrets`() throws {
    let environment = ["NNBOOK_REMOTE": "grpc://b:2", "NNBOOK_REMOTE_TOKEN": "secret"]
    #expect(
      request(nil, mode: .required, platform: ["OSFamily=linux", "pool=a=b"], environment)
        == "grpc://b:2 true [(key: \"OSFamily\", value: \"linux\"), (key: \"pool\", value: \"a=b\")]"
    )
    let whole = try RemoteRequest(option: nil, mode: .auto, environment: environment)
    let known = try #require(whole)
    #expect(!"\(known)".contains("secret"))
    #expect(
      request("grpc://a:1", platform: ["linux"])
        == "remote-platform 'linux' is no name and value; one reads 'OSFamily=linux'")
    #expect(
      request("grpc://a:1", ["NNBOOK_REMOTE_TOKEN": "a\nb"])
        == "NNBOOK_REMOTE_TOKEN holds more than one line")
    #expect(
      request("grpc://a:1", ["NNBOOK_REMOTE_HEADER_FILE": "/nowhere"])
        == "file '/nowhere' of NNBOOK_REMOTE_HEADER_FILE cannot be read")
    let folder = try TemporaryFolder()
    try folder.write("", to: "empty")
    let empty = folder.file("empty")
    #expect(
      request("grpc://a:1", ["NNBOOK_REMOTE_HEADER_FILE": empty])
        == "file '\(empty)' of NNBOOK_REMOTE_HEADER_FILE must begin with a line such as "
        + "'Authorization: Basic …'")
    #expect(
      request("grpcs://a:1", ["NNBOOK_REMOTE_CA_FILE": "/nowhere"])
        == "file '/nowhere' of NNBOOK_REMOTE_CA_FILE cannot be read")
    #expect(
      request("grpcs://a:1", ["SSL_CERT_FILE": empty])
        == "file '\(empty)' of SSL_CERT_FILE holds no certificate; one begins with "
        + "'-----BEGIN CERTIFICATE-----'")
  }
}
