using System.Net;
using CertFunctions.LocalHost.Processes;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using ProtoBuf.Grpc.Server;

namespace CertFunctions.LocalHost.Worker;

/// <summary>Where the worker calls: gRPC on a loopback port of its own.</summary>
internal sealed class RpcServer : IAsyncDisposable
{
    private readonly WebApplication _web;

    private RpcServer(WebApplication web) => _web = web;

    public FunctionRpcService Service => _web.Services.GetRequiredService<FunctionRpcService>();

    public Uri Address => new(_web.Urls.First());

    public static async Task<RpcServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Services.AddRouting();
        builder.Services.AddSingleton<FunctionRpcService>();
        // On SIGTERM the stream must stay open until the worker has been told to end.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddCodeFirstGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = null;
            grpc.MaxSendMessageSize = null;
        });
        var web = builder.Build();
        web.MapGrpcService<FunctionRpcService>();
        await web.StartAsync();
        return new RpcServer(web);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _web.StopAsync(limit.Token);
        await _web.DisposeAsync();
    }
}
