using System.Collections.Concurrent;
using System.Globalization;
using Azure.Core;
using CertFunctions.TestWorlds.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CertFunctions.EndToEnd.Tests.Identity;

/// <summary>
/// The endpoint at which the platform gives an app the tokens of its user-assigned identity
/// (https://learn.microsoft.com/azure/app-service/overview-managed-identity). The emulator reads what they say, and asks for no signature.
/// </summary>
internal sealed class ManagedIdentity : IAsyncDisposable
{
    public const string ClientId = "5e4d7a52-0b4e-4f5c-9c2f-3a9a3f0f6a11";
    private const string Storage = "https://storage.azure.com";

    private readonly WebApplication web;
    private readonly string header = Guid.NewGuid().ToString();
    private readonly ConcurrentBag<string> resources = [];

    private ManagedIdentity(WebApplication web) => this.web = web;

    /// <summary>For what it gave tokens.</summary>
    public IEnumerable<string> Resources => resources.Distinct();

    /// <summary>How the platform tells an app of it.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["IDENTITY_ENDPOINT"] = $"{web.Urls.Single()}/msi/token",
        ["IDENTITY_HEADER"] = header,
    };

    /// <summary>For the test's own hands.</summary>
    public TokenCredential Credential { get; } = DelegatedTokenCredential.Create((_, _) =>
    {
        var (token, expiresOn) = NewToken();
        return new AccessToken(token, expiresOn);
    });

    public static async Task<ManagedIdentity> StartAsync()
    {
        var web = LoopbackServer.Create();
        var identity = new ManagedIdentity(web);
        web.MapGet("/msi/token", identity.Token);
        await web.StartAsync();
        return identity;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private IResult Token(HttpRequest request)
    {
        if (request.Headers["X-IDENTITY-HEADER"] != header || request.Query["client_id"] != ClientId)
        {
            return Results.Json(new { statusCode = 400, message = "No managed identity found for the client id." }, statusCode: 400);
        }

        var resource = request.Query["resource"].ToString();
        resources.Add(resource.TrimEnd('/'));
        var (token, expiresOn) = NewToken();
        return Results.Json(new
        {
            access_token = token,
            expires_on = expiresOn.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            resource,
            token_type = "Bearer",
            client_id = ClientId,
        });
    }

    private static (string Token, DateTimeOffset ExpiresOn) NewToken()
    {
        var now = DateTime.UtcNow;
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "https://sts.windows.net/8f2c1d1e-6a37-4c0f-b1f7-0f0f6f3c9a55/",
            Audience = Storage,
            IssuedAt = now.AddMinutes(-1),
            NotBefore = now.AddMinutes(-1),
            Expires = now.AddHours(1),
            Claims = new Dictionary<string, object> { ["oid"] = ClientId, ["tid"] = "8f2c1d1e-6a37-4c0f-b1f7-0f0f6f3c9a55" },
        });
        return (token, now.AddHours(1));
    }
}
