using System.Collections.Concurrent;
using System.Reflection;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Http;

internal static class FunctionAttributes
{
    private static readonly ConcurrentDictionary<(string EntryPoint, Type Attribute), Attribute?> Found = new();

    public static bool IsOpenToAnyone(this FunctionDefinition function) => function.Find<OpenToAnyoneAttribute>() is not null;

    public static bool NeedsStorage(this FunctionDefinition function) => function.Find<OpenToAnyoneAttribute>() is null or { NeedsStorage: true };

    public static bool AsksForOwnProof(this FunctionDefinition function) => function.Find<OwnProofAttribute>() is not null;

    public static bool AnswersSoon(this FunctionDefinition function) => function.Find<AnswersSoonAttribute>() is not null;

    public static bool IsForBrowsers(this FunctionDefinition function) => function.Find<ForBrowsersAttribute>() is not null;

    /// <returns>Null: it declares none.</returns>
    public static CallerRole? NeededRole(this FunctionDefinition function) => function.Find<NeedsAttribute>()?.Role;

    private static TAttribute? Find<TAttribute>(this FunctionDefinition function)
        where TAttribute : Attribute => (TAttribute?)Found.GetOrAdd((function.EntryPoint, typeof(TAttribute)), static key =>
    {
        var dot = key.EntryPoint.LastIndexOf('.');
        return Assembly.GetExecutingAssembly()
            .GetType(key.EntryPoint[..dot])?
            .GetMethod(key.EntryPoint[(dot + 1)..])?
            .GetCustomAttribute(key.Attribute);
    });
}
