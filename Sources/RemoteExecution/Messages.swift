#if Remote
  /// What the Remote Execution API sends and receives, without the name of its package.
  enum Messages {
    typealias Action = Build_Bazel_Remote_Execution_V2_Action
    typealias ActionResult = Build_Bazel_Remote_Execution_V2_ActionResult
    typealias BatchReadBlobsRequest = Build_Bazel_Remote_Execution_V2_BatchReadBlobsRequest
    typealias BatchReadBlobsResponse = Build_Bazel_Remote_Execution_V2_BatchReadBlobsResponse
    typealias BatchUpdateBlobsRequest = Build_Bazel_Remote_Execution_V2_BatchUpdateBlobsRequest
    typealias BatchUpdateBlobsResponse = Build_Bazel_Remote_Execution_V2_BatchUpdateBlobsResponse
    typealias Command = Build_Bazel_Remote_Execution_V2_Command
    typealias Digest = Build_Bazel_Remote_Execution_V2_Digest
    typealias Directory = Build_Bazel_Remote_Execution_V2_Directory
    typealias DirectoryNode = Build_Bazel_Remote_Execution_V2_DirectoryNode
    typealias ExecuteRequest = Build_Bazel_Remote_Execution_V2_ExecuteRequest
    typealias ExecuteResponse = Build_Bazel_Remote_Execution_V2_ExecuteResponse
    typealias FileNode = Build_Bazel_Remote_Execution_V2_FileNode
    typealias FindMissingBlobsRequest = Build_Bazel_Remote_Execution_V2_FindMissingBlobsRequest
    typealias FindMissingBlobsResponse = Build_Bazel_Remote_Execution_V2_FindMissingBlobsResponse
    typealias GetActionResultRequest = Build_Bazel_Remote_Execution_V2_GetActionResultRequest
    typealias GetCapabilitiesRequest = Build_Bazel_Remote_Execution_V2_GetCapabilitiesRequest
    typealias Platform = Build_Bazel_Remote_Execution_V2_Platform
    typealias ServerCapabilities = Build_Bazel_Remote_Execution_V2_ServerCapabilities
  }
#endif
