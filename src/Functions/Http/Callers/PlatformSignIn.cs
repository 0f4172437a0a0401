using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Http.Callers;

/// <summary>
/// The header in which App Service Authentication says whom it has signed in: base64 of JSON with the claims
/// (https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities). Only where the platform does sign in
/// is it the platform's: elsewhere anybody can write it.
/// </summary>
internal static class PlatformSignIn
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    /// <returns>Null: there is no such header.</returns>
    public static Identification? Identify(IHeaderDictionary headers, string userIdClaim) => headers[Header] switch
    {
        [] => null,
        [{ } principal] when Claims(principal) is { } claims && CallerClaims.ToCaller(claims, userIdClaim) is { } caller =>
            Identification.Of(caller, byCookie: true),
        _ => Identification.NoProof,
    };

    private static List<(string Name, string Value)>? Claims(string principal)
    {
        var json = new byte[principal.Length];
        if (!Convert.TryFromBase64String(principal, json, out var length))
        {
            return null;
        }

        try
        {
            var claims = JsonSerializer.Deserialize<Principal>(json.AsSpan(0, length), JsonSerializerOptions.Web)?.Claims ?? [];
            return [.. claims.Where(claim => claim is { Typ: not null, Val: not null }).Select(claim => (NameOf(claim.Typ!), claim.Val!))];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The platform renames the subject of some issuers.</summary>
    private static string NameOf(string type) => type == ClaimTypes.NameIdentifier ? AuthSettings.Subject : type;

    private sealed record Principal(IReadOnlyList<PrincipalClaim>? Claims);

    private sealed record PrincipalClaim(string? Typ, string? Val);
}
