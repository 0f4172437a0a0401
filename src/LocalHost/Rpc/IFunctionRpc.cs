using ProtoBuf.Grpc;
using ProtoBuf.Grpc.Configuration;

namespace CertFunctions.LocalHost.Rpc;

/// <summary>
/// The protocol between a Functions host and its worker, as far as this host speaks it. The numbers are those of
/// https://github.com/Azure/azure-functions-language-worker-protobuf.
/// </summary>
[Service("AzureFunctionsRpcMessages.FunctionRpc")]
public interface IFunctionRpc
{
    [Operation("EventStream")]
    IAsyncEnumerable<StreamingMessage> EventStreamAsync(IAsyncEnumerable<StreamingMessage> fromWorker, CallContext context = default);
}
