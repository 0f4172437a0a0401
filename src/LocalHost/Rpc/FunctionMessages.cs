using ProtoBuf;

namespace CertFunctions.LocalHost.Rpc;

[ProtoContract]
public sealed class FunctionsMetadataRequest
{
    [ProtoMember(1)] public string FunctionAppDirectory { get; set; } = "";
}

[ProtoContract]
public sealed class FunctionMetadataResponse
{
    [ProtoMember(1)] public List<RpcFunctionMetadata> Functions { get; set; } = [];
    [ProtoMember(2)] public StatusResult? Result { get; set; }
}

[ProtoContract]
public sealed class RpcFunctionMetadata
{
    [ProtoMember(1)] public string Directory { get; set; } = "";
    [ProtoMember(2)] public string ScriptFile { get; set; } = "";
    [ProtoMember(3)] public string EntryPoint { get; set; } = "";
    [ProtoMember(4)] public string Name { get; set; } = "";
    [ProtoMember(6)] public Dictionary<string, BindingInfo> Bindings { get; set; } = [];
    [ProtoMember(9)] public string Language { get; set; } = "";
    [ProtoMember(10)] public List<string> RawBindings { get; set; } = [];
    [ProtoMember(13)] public string FunctionId { get; set; } = "";
    [ProtoMember(16)] public Dictionary<string, string> Properties { get; set; } = [];
}

[ProtoContract]
public sealed class BindingInfo
{
    [ProtoMember(2)] public string Type { get; set; } = "";
    [ProtoMember(3)] public int Direction { get; set; }
    [ProtoMember(4)] public int DataType { get; set; }
    [ProtoMember(5)] public Dictionary<string, string> Properties { get; set; } = [];
}

[ProtoContract]
public sealed class FunctionLoadRequest
{
    [ProtoMember(1)] public string FunctionId { get; set; } = "";
    [ProtoMember(2)] public RpcFunctionMetadata? Metadata { get; set; }
}

[ProtoContract]
public sealed class FunctionLoadResponse
{
    [ProtoMember(1)] public string FunctionId { get; set; } = "";
    [ProtoMember(2)] public StatusResult? Result { get; set; }
}
