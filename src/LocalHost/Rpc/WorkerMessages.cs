using ProtoBuf;

namespace CertFunctions.LocalHost.Rpc;

[ProtoContract]
public sealed class StreamStart
{
    [ProtoMember(2)] public string WorkerId { get; set; } = "";
}

[ProtoContract]
public sealed class WorkerInitRequest
{
    [ProtoMember(1)] public string HostVersion { get; set; } = "";
    [ProtoMember(4)] public string WorkerDirectory { get; set; } = "";
    [ProtoMember(5)] public string FunctionAppDirectory { get; set; } = "";
}

[ProtoContract]
public sealed class WorkerInitResponse
{
    [ProtoMember(2)] public Dictionary<string, string> Capabilities { get; set; } = [];
    [ProtoMember(3)] public StatusResult? Result { get; set; }
}

[ProtoContract]
public sealed class WorkerTerminate;

[ProtoContract]
public sealed class StatusResult
{
    public const int Success = 1;

    [ProtoMember(2)] public RpcFailure? Exception { get; set; }
    [ProtoMember(4)] public int Status { get; set; }
}

[ProtoContract]
public sealed class RpcFailure
{
    [ProtoMember(1)] public string StackTrace { get; set; } = "";
    [ProtoMember(2)] public string Message { get; set; } = "";
    [ProtoMember(5)] public string Type { get; set; } = "";
}

[ProtoContract]
public sealed class RpcLog
{
    [ProtoMember(2)] public string Category { get; set; } = "";

    /// <summary>The numbers of <see cref="LogLevel"/>.</summary>
    [ProtoMember(3)] public int Level { get; set; }

    [ProtoMember(4)] public string Message { get; set; } = "";
    [ProtoMember(6)] public RpcFailure? Exception { get; set; }
}
