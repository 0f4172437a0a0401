using System.Security.Claims;
using CertFunctions.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CertFunctions.Functions.Http.Callers;

/// <summary>Judges the bearer tokens (RFC 6750) that the OpenID issuer signs.</summary>
internal sealed class BearerTokens(OpenIdIssuer issuer, AuthSettings settings)
{
    /// <summary>Issuer's clock and ours may differ by so much.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>No HMAC: the issuer's public key would be its secret. And never <c>none</c>.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = Limits.TokenBytes };

    public async Task<Identification> IdentifyAsync(string token, CancellationToken cancellationToken)
    {
        // Before the issuer is asked for anything: who sends rubbish must not cost it a request.
        if (Read(token) is not { } unproven || !Algorithms.Contains(unproven.Alg))
        {
            return Identification.BadToken;
        }

        if (await issuer.ReadAsync(unproven.Kid is "" ? null : unproven.Kid, cancellationToken) is not { } configuration)
        {
            return Identification.IssuerUnavailable;
        }

        var judged = await Handler.ValidateTokenAsync(token, Parameters(configuration));
        return judged.IsValid && CallerClaims.ToCaller(Claims(judged.ClaimsIdentity), settings.UserIdClaim) is { } caller
            ? Identification.Of(caller)
            : Identification.BadToken;
    }

    private TokenValidationParameters Parameters(OpenIdConnectConfiguration configuration) => new()
    {
        ValidAlgorithms = Algorithms,
        ValidIssuer = configuration.Issuer,
        ValidAudience = settings.Audience,
        IssuerSigningKeys = configuration.SigningKeys,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ClockSkew = Skew,
    };

    private static JsonWebToken? Read(string token)
    {
        try
        {
            return Handler.CanReadToken(token) ? Handler.ReadJsonWebToken(token) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static List<(string Name, string Value)> Claims(ClaimsIdentity identity) => [.. identity.Claims.Select(claim => (claim.Type, claim.Value))];
}
