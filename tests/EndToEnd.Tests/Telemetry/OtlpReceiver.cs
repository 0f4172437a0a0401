using System.Collections.Concurrent;
using System.Text;
using CertFunctions.TestWorlds.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProtoBuf;

namespace CertFunctions.EndToEnd.Tests.Telemetry;

/// <summary>Takes what is exported by OTLP over HTTP (https://opentelemetry.io/docs/specs/otlp/).</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication web;

    private OtlpReceiver(WebApplication web) => this.web = web;

    public string Endpoint => web.Urls.Single();

    public ConcurrentBag<Span> Spans { get; } = [];

    /// <summary>All that came as metrics and as logs, as text: their names are in it.</summary>
    public ConcurrentBag<string> Metrics { get; } = [];

    public ConcurrentBag<string> Logs { get; } = [];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var web = LoopbackServer.Create();
        var receiver = new OtlpReceiver(web);
        web.MapPost("/v1/traces", async (HttpRequest request) => receiver.Add(Serializer.Deserialize<TraceRequest>(await BodyAsync(request))));
        web.MapPost("/v1/metrics", async (HttpRequest request) => receiver.Metrics.Add(Encoding.UTF8.GetString((await BodyAsync(request)).ToArray())));
        web.MapPost("/v1/logs", async (HttpRequest request) => receiver.Logs.Add(Encoding.UTF8.GetString((await BodyAsync(request)).ToArray())));
        await web.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private static async Task<MemoryStream> BodyAsync(HttpRequest request)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        body.Position = 0;
        return body;
    }

    private void Add(TraceRequest request)
    {
        foreach (var span in request.Resources.SelectMany(resource => resource.Scopes).SelectMany(scope => scope.Spans))
        {
            Spans.Add(span);
        }
    }

    [ProtoContract]
    internal sealed class TraceRequest
    {
        [ProtoMember(1)]
        public List<ResourceSpans> Resources { get; set; } = [];
    }

    [ProtoContract]
    internal sealed class ResourceSpans
    {
        [ProtoMember(2)]
        public List<ScopeSpans> Scopes { get; set; } = [];
    }

    [ProtoContract]
    internal sealed class ScopeSpans
    {
        [ProtoMember(2)]
        public List<Span> Spans { get; set; } = [];
    }

    [ProtoContract]
    internal sealed class Span
    {
        [ProtoMember(1)]
        public byte[] Id { get; set; } = [];

        [ProtoMember(5)]
        public string Name { get; set; } = "";

        public string TraceId => Convert.ToHexStringLower(Id);
    }
}
