using System.Diagnostics;
using ProtoBuf;

namespace CertFunctions.LocalHost.Rpc;

[ProtoContract]
public sealed class InvocationRequest
{
    [ProtoMember(1)] public string InvocationId { get; set; } = "";
    [ProtoMember(2)] public string FunctionId { get; set; } = "";
    [ProtoMember(3)] public List<ParameterBinding> InputData { get; set; } = [];
    [ProtoMember(4)] public Dictionary<string, TypedData> TriggerMetadata { get; set; } = [];

    /// <summary>The worker cannot do without it.</summary>
    [ProtoMember(5)] public RpcTraceContext TraceContext { get; set; } = RpcTraceContext.Current();
}

[ProtoContract]
public sealed class RpcTraceContext
{
    [ProtoMember(1)] public string TraceParent { get; set; } = "";
    [ProtoMember(2)] public string TraceState { get; set; } = "";

    public static RpcTraceContext Current() => new()
    {
        TraceParent = Activity.Current?.Id ?? "",
        TraceState = Activity.Current?.TraceStateString ?? "",
    };
}

[ProtoContract]
public sealed class InvocationResponse
{
    [ProtoMember(1)] public string InvocationId { get; set; } = "";
    [ProtoMember(3)] public StatusResult? Result { get; set; }
}

[ProtoContract]
public sealed class InvocationCancel
{
    [ProtoMember(2)] public string InvocationId { get; set; } = "";
}

[ProtoContract]
public sealed class ParameterBinding
{
    [ProtoMember(1)] public string Name { get; set; } = "";
    [ProtoMember(2)] public TypedData? Data { get; set; }
}

/// <summary>Exactly one member is set.</summary>
[ProtoContract]
public sealed class TypedData
{
    [ProtoMember(1)] public string? Text { get; set; }
    [ProtoMember(2)] public string? Json { get; set; }
    [ProtoMember(3)] public byte[]? Bytes { get; set; }
    [ProtoMember(5)] public RpcHttp? Http { get; set; }
    [ProtoMember(12)] public ModelBindingData? ModelBindingData { get; set; }
}

/// <summary>Empty: the request itself reaches the worker over HTTP.</summary>
[ProtoContract]
public sealed class RpcHttp;

[ProtoContract]
public sealed class ModelBindingData
{
    [ProtoMember(1)] public string Version { get; set; } = "";
    [ProtoMember(2)] public string Source { get; set; } = "";
    [ProtoMember(3)] public string ContentType { get; set; } = "";
    [ProtoMember(4)] public byte[] Content { get; set; } = [];
}
