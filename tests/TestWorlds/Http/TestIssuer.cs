using System.Security.Cryptography;
using CertFunctions.Functions.Http.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CertFunctions.TestWorlds.Http;

/// <summary>An OpenID issuer: a real HTTP server that publishes its discovery document and its keys, and signs what tests ask for.</summary>
public sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "certfunctions-tests";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly WebApplication web;
    /// <summary>Of somebody else. Made once: it takes a while.</summary>
    private static readonly RSA Foreign = RSA.Create(2048);

    private volatile RsaSecurityKey key = NewKey();
    private int fetches;

    private TestIssuer(WebApplication web) => this.web = web;

    public string Authority => web.Urls.Single();

    /// <summary>How often somebody fetched the discovery document.</summary>
    public int Fetches => Volatile.Read(ref fetches);

    /// <summary>False: every request is answered 500.</summary>
    public bool IsUp { get; set; } = true;

    public static async Task<TestIssuer> StartAsync()
    {
        var web = LoopbackServer.Create();
        var issuer = new TestIssuer(web);
        web.MapGet("/.well-known/openid-configuration", issuer.Discovery);
        web.MapGet("/keys", issuer.Keys);
        await web.StartAsync();
        return issuer;
    }

    /// <summary>From now on another key signs, and it alone is published.</summary>
    public void RotateKey() => key = NewKey();

    /// <summary>A good token, unless <paramref name="change"/> makes it another.</summary>
    public string Token(string subject, IReadOnlyList<string>? roles = null, Action<SecurityTokenDescriptor>? change = null)
    {
        var token = new SecurityTokenDescriptor
        {
            Issuer = Authority,
            Audience = Audience,
            IssuedAt = DateTime.UtcNow,
            Expires = DateTime.UtcNow.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = subject },
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
        };
        if (roles is not null)
        {
            token.Claims["roles"] = roles;
        }

        change?.Invoke(token);
        return Handler.CreateToken(token);
    }

    /// <summary>Tokens that prove nothing, by what is wrong with them. All but for that they are a Superadmin's.</summary>
    public IReadOnlyDictionary<string, string> BadTokens()
    {
        var good = Token("mallory", [nameof(CallerRole.Superadmin)]);
        var parts = good.Split('.');
        return new Dictionary<string, string>
        {
            ["expired"] = Bad(token => token.Expires = Now - Beyond),

            // By a minute: all are made at once, and on a busy machine this one's turn comes after a while.
            ["not yet valid"] = Bad(token => token.NotBefore = Now + Beyond + TimeSpan.FromMinutes(1)),
            ["no expiry"] = Bad(token => token.Expires = null),
            ["other audience"] = Bad(token => token.Audience = "another-app"),
            ["no audience"] = Bad(token => token.Audience = null),
            ["other issuer"] = Bad(token => token.Issuer = "https://issuer.example"),
            ["no subject"] = Bad(token => token.Claims.Remove("sub")),
            ["subject with a line break"] = Bad(token => token.Claims["sub"] = "a\nb"),
            ["subject too long"] = Bad(token => token.Claims["sub"] = new string('a', 256)),
            ["alg none"] = Bad(token => token.SigningCredentials = null),
            ["other key of the same id"] = Bad(token => token.SigningCredentials = Signing(ForeignKey(key.KeyId), SecurityAlgorithms.RsaSha256)),
            ["unknown key"] = Bad(token => token.SigningCredentials = Signing(ForeignKey(NewKeyId()), SecurityAlgorithms.RsaSha256)),
            ["HMAC with the public key"] = Bad(token => token.SigningCredentials = Signing(Symmetric(key), SecurityAlgorithms.HmacSha256)),
            ["changed"] = $"{parts[0]}.{Token("ada", [nameof(CallerRole.Superadmin)]).Split('.')[1]}.{parts[2]}",
            ["cut"] = good[..^10],
            ["without its signature"] = $"{parts[0]}.{parts[1]}.",
            ["no token"] = "letmein",
            ["too long"] = Bad(token => token.Claims["pad"] = new string('a', 17 * 1024)),
        };

        string Bad(Action<SecurityTokenDescriptor> change) => Token("mallory", [nameof(CallerRole.Superadmin)], change);
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    /// <summary>Just past what differing clocks may explain.</summary>
    private static TimeSpan Beyond => BearerTokens.Skew + TimeSpan.FromSeconds(5);

    private static DateTime Now => DateTime.UtcNow;

    private static SigningCredentials Signing(SecurityKey key, string algorithm) => new(key, algorithm);

    private static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = NewKeyId() };

    private static RsaSecurityKey ForeignKey(string id) => new(Foreign) { KeyId = id };

    private static string NewKeyId() => Guid.NewGuid().ToString("n");

    /// <summary>The confusion of kinds: a verifier that takes HMAC would take the published key for the secret.</summary>
    private static SymmetricSecurityKey Symmetric(RsaSecurityKey key) => new(key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = key.KeyId };

    private IResult Discovery()
    {
        Interlocked.Increment(ref fetches);
        return IsUp ? Results.Json(new { issuer = Authority, jwks_uri = $"{Authority}/keys" }) : Results.StatusCode(500);
    }

    private IResult Keys()
    {
        var published = key.Rsa.ExportParameters(includePrivateParameters: false);
        return IsUp
            ? Results.Json(new
            {
                keys = new[]
                {
                    new { kty = "RSA", use = "sig", kid = key.KeyId, n = Base64UrlEncoder.Encode(published.Modulus), e = Base64UrlEncoder.Encode(published.Exponent) },
                },
            })
            : Results.StatusCode(500);
    }
}
