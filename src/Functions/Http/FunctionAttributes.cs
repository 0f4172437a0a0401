using System.Collections.Concurrent;
using System.Reflection;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Http;

internal static class FunctionAttributes
{
    private static readonly ConcurrentDictionary<string, bool> Open = new();

    private static readonly ConcurrentDictionary<string, bool> OwnProof = new();

    private static readonly ConcurrentDictionary<string, bool> Soon = new();

    public static bool IsOpenToAnyone(this FunctionDefinition function) => Open.GetOrAdd(function.EntryPoint, Has<OpenToAnyoneAttribute>);

    public static bool AsksForOwnProof(this FunctionDefinition function) => OwnProof.GetOrAdd(function.EntryPoint, Has<OwnProofAttribute>);

    public static bool AnswersSoon(this FunctionDefinition function) => Soon.GetOrAdd(function.EntryPoint, Has<AnswersSoonAttribute>);

    private static bool Has<TAttribute>(string entryPoint)
        where TAttribute : Attribute
    {
        var dot = entryPoint.LastIndexOf('.');
        return Assembly.GetExecutingAssembly().GetType(entryPoint[..dot])?.GetMethod(entryPoint[(dot + 1)..])?.IsDefined(typeof(TAttribute)) == true;
    }
}
