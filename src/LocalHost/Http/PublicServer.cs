using System.Net;
using CertFunctions.LocalHost.Processes;
using CertFunctions.LocalHost.Triggers;
using CertFunctions.LocalHost.Worker;
using Yarp.ReverseProxy.Forwarder;

namespace CertFunctions.LocalHost.Http;

/// <summary>The app as callers see it, with its triggers running beside.</summary>
internal static class PublicServer
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    public static WebApplication Build(
        int port, PublishedApp app, IReadOnlyList<Function> functions, WorkerSupervisor worker, IReadOnlyDictionary<string, string> storage,
        ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddInMemoryCollection(storage.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = HttpInvocation.LargestBody;
        });
        var services = builder.Services;
        services.AddRouting();
        services.AddSingleton(loggers);
        services.AddSingleton(worker);
        services.AddSingleton<TriggerInvoker>();
        services.AddSingleton<IHostLifetime, NoLifetime>();
        services.AddHttpForwarder();
        services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = StopLimit);
        var served = new ServedFunctions(functions, builder.Configuration, loggers);
        TriggerHost.Add(builder, app, served.Triggered);
        var web = builder.Build();
        Map(web, app, served, worker);
        return web;
    }

    /// <exception cref="StartupException">Another process has taken the port meanwhile.</exception>
    public static async Task StartAsync(WebApplication web, int port, CancellationToken cancellationToken)
    {
        try
        {
            await web.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw Ports.InUse(port);
        }
    }

    public static async Task StopAsync(WebApplication web)
    {
        try
        {
            await web.StopAsync();
        }
        catch (Exception exception) when (exception is InvalidOperationException or AggregateException or OperationCanceledException)
        {
            // Two blob triggers stop one shared listener twice, and the SDK throws: by then everything has stopped.
        }
    }

    private static void Map(WebApplication web, PublishedApp app, ServedFunctions served, WorkerSupervisor worker)
    {
        new AdminApi(served.Triggered, web.Services.GetRequiredService<TriggerInvoker>()).Map(web);
        var keys = FunctionKeys.FromEnvironment();
        if (!served.Http.All(FunctionKeys.IsAnonymous))
            Console.WriteLine($"Function key: {keys.Key}");
        var invocation = new HttpInvocation(worker, keys, web.Services.GetRequiredService<IHttpForwarder>(), Client());
        web.UseRouter(HttpFunctions.Routes(web, app, served.Http, invocation.RunAsync));
        web.Run(AnswerWithoutFunctionAsync);
    }

    /// <summary>The platform's home page is at <c>/</c> until a function is; switched off, as <c>infra/</c> does, it is an empty answer.</summary>
    private static Task AnswerWithoutFunctionAsync(HttpContext context)
    {
        context.Response.StatusCode = context.Request.Path == "/" ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static HttpMessageInvoker Client() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
    });
}
