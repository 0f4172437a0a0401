using CertFunctions.Core;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Idempotency;
using CertFunctions.Functions.Http.Paging;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CertFunctions.Functions.Http;

/// <summary>Wires what all HTTP functions share.</summary>
internal static class HttpServices
{
    /// <summary>Kestrel's own 30 MB would answer a larger upload with 500. Some more than what we take, so that we say why not.</summary>
    private const long BodyBytes = Limits.UploadBytes + (1024 * 1024);

    public static IServiceCollection AddHttp(this IServiceCollection services, IConfiguration settings) => services
        .Configure<KestrelServerOptions>(options =>
        {
            options.Limits.MaxRequestBodySize = BodyBytes;
            options.AddServerHeader = false;
        })
        .AddCallers(settings)
        .AddSingleton<Lists>()
        .AddSingleton<IdempotentPosts>();
}
