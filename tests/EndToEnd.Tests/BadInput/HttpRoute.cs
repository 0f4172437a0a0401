using System.Reflection;
using System.Text.RegularExpressions;
using CertFunctions.Functions.Health;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Ingestion;
using CertFunctions.Functions.Lms;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.EndToEnd.Tests.BadInput;

/// <summary>
/// A route of the API, found where the app declares it, so that a new one is tested without being listed. Not one that asks for a proof of
/// its own: it refuses everything alike. HEAD is GET without a body.
/// </summary>
internal sealed partial record HttpRoute(string Function, string Method, string Template)
{
    public static IReadOnlyList<HttpRoute> All { get; } =
    [
        .. from type in typeof(GetHealth).Assembly.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is not null && !method.IsDefined(typeof(OwnProofAttribute)) && !method.IsDefined(typeof(ForBrowsersAttribute))
           from verb in trigger.Methods!
           where verb != "head"
           select new HttpRoute(function.Name, verb.ToUpperInvariant(), trigger.Route!),
    ];

    public IReadOnlyList<string> Parameters => [.. ParameterName().Matches(Template).Select(match => match.Groups[1].Value)];

    /// <summary>Whether it takes JSON of ours; a file, a query that must be there, and what the LMS sends are judged by tests of their own.</summary>
    public bool TakesBody => Method is "PUT" or "POST" or "PATCH" && Function is not (nameof(StartImport) or nameof(GrantUpload) or nameof(ReceiveWebhook));

    /// <summary>Who sends there without the LMS's proof hears 401, whatever else is wrong.</summary>
    public bool WantsProof => Function == nameof(ReceiveWebhook);

    public static HttpRoute Of(string function) => All.Single(route => route.Function == function);

    /// <summary>With good route values, but for the one that is given in percent-encoding.</summary>
    public string Path(string? parameter = null, string? value = null) =>
        ParameterName().Replace($"/{Template}", match => match.Groups[1].Value == parameter ? value! : Good(match.Groups[1].Value));

    /// <summary>Route values under which nothing is stored, except by the samples.</summary>
    private static string Good(string parameter) => parameter == "id" ? new string('a', 32) : $"bad-input-{parameter}";

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex ParameterName();
}
