using ProtoBuf;

namespace CertFunctions.LocalHost.Rpc;

/// <summary>One message either way; exactly one of the members beside <see cref="RequestId"/> is set.</summary>
[ProtoContract]
public sealed class StreamingMessage
{
    [ProtoMember(1)] public string RequestId { get; set; } = "";
    [ProtoMember(2)] public RpcLog? Log { get; set; }
    [ProtoMember(4)] public InvocationRequest? InvocationRequest { get; set; }
    [ProtoMember(5)] public InvocationResponse? InvocationResponse { get; set; }
    [ProtoMember(8)] public FunctionLoadRequest? FunctionLoadRequest { get; set; }
    [ProtoMember(9)] public FunctionLoadResponse? FunctionLoadResponse { get; set; }
    [ProtoMember(14)] public WorkerTerminate? WorkerTerminate { get; set; }
    [ProtoMember(16)] public WorkerInitResponse? WorkerInitResponse { get; set; }
    [ProtoMember(17)] public WorkerInitRequest? WorkerInitRequest { get; set; }
    [ProtoMember(20)] public StreamStart? StreamStart { get; set; }
    [ProtoMember(21)] public InvocationCancel? InvocationCancel { get; set; }
    [ProtoMember(29)] public FunctionsMetadataRequest? FunctionsMetadataRequest { get; set; }
    [ProtoMember(30)] public FunctionMetadataResponse? FunctionMetadataResponse { get; set; }
}
