using Yarp.ReverseProxy.Forwarder;

namespace CertFunctions.LocalHost.Http;

/// <summary>Forwards the request as it came, under the invocation's id whatever the client sent.</summary>
internal sealed class InvocationTransformer(string invocationId) : HttpTransformer
{
    private const string InvocationId = "x-ms-invocation-id";

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.Headers.Remove(InvocationId);
        proxyRequest.Headers.Add(InvocationId, invocationId);
    }
}
