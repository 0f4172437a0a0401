using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CertFunctions.Functions.Http.Callers;

/// <summary>
/// Decides who a caller is: by bearer token, or by the platform's own sign-in. Without <c>Auth__Authority</c> everyone is the local developer.
/// </summary>
/// <param name="settings">What is configured.</param>
/// <param name="tokens">Null: without an authority there are none.</param>
internal sealed class Doorkeeper(AuthSettings settings, BearerTokens? tokens)
{
    private const string Scheme = "Bearer ";

    /// <summary>Looks at headers alone: a token in an address ends up in logs.</summary>
    public async Task<Identification> IdentifyAsync(IHeaderDictionary headers, CancellationToken cancellationToken)
    {
        if (tokens is null)
        {
            return Identification.Of(Caller.LocalDeveloper);
        }

        if (TokenOf(headers.Authorization) is { } token)
        {
            return await tokens.IdentifyAsync(token, cancellationToken);
        }

        return settings.PlatformSignsIn && PlatformSignIn.Identify(headers, settings.UserIdClaim) is { } identification
            ? identification
            : Identification.NoProof;
    }

    private static string? TokenOf(StringValues authorization) =>
        authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
}
