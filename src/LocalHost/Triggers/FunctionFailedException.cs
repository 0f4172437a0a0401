using CertFunctions.LocalHost.Rpc;

namespace CertFunctions.LocalHost.Triggers;

/// <summary>A function threw in the worker.</summary>
internal sealed class FunctionFailedException(string function, RpcFailure? exception)
    : Exception($"{exception?.Type} {exception?.Message ?? $"{function} gave no reason"}".Trim())
{
    public override string? StackTrace => exception?.StackTrace;
}
