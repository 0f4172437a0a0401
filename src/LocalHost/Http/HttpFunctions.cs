using CertFunctions.LocalHost.Worker;
using Microsoft.AspNetCore.Routing.Constraints;

namespace CertFunctions.LocalHost.Http;

/// <summary>
/// Routes as the real host matches them: in alphabetical order of the functions' names, the first match wins,
/// and a verb that no function takes is 404.
/// </summary>
internal static class HttpFunctions
{
    public static IRouter Routes(
        IApplicationBuilder application, PublishedApp app, IEnumerable<Function> functions, Func<HttpContext, Function, Task> run)
    {
        var builder = new RouteBuilder(application);
        var resolver = application.ApplicationServices.GetRequiredService<IInlineConstraintResolver>();
        foreach (var function in functions.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase))
        {
            builder.Routes.Add(new Route(
                new RouteHandler(context => run(context, function)),
                function.Name,
                Template(app.RoutePrefix, function),
                defaults: null,
                constraints: Verbs(function),
                dataTokens: null,
                resolver));
        }

        return builder.Build();
    }

    private static string Template(string prefix, Function function)
    {
        var route = (function.Trigger.Text("route") ?? function.Name).Trim('/');
        return prefix.Length > 0 ? $"{prefix.Trim('/')}/{route}" : route;
    }

    private static Dictionary<string, object>? Verbs(Function function) =>
        function.Trigger.Texts("methods") is { Count: > 0 } methods
            ? new Dictionary<string, object> { ["httpMethod"] = new HttpMethodRouteConstraint([.. methods]) }
            : null;
}
