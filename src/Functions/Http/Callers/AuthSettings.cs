using Microsoft.Extensions.Configuration;

namespace CertFunctions.Functions.Http.Callers;

/// <summary>
/// The settings <c>Auth__Authority</c>, <c>Auth__Audience</c>, <c>Auth__UserIdClaim</c>, and what the platform says of its own sign-in.
/// </summary>
/// <param name="Authority">The OpenID issuer; null: everyone is the local developer.</param>
/// <param name="Audience">For whom its tokens must be made out.</param>
/// <param name="UserIdClaim">Which claim holds the id of the LMS's user.</param>
/// <param name="PlatformSignsIn">Whether the platform signs callers in, and so takes its header out of what they send.</param>
public sealed record AuthSettings(Uri? Authority, string Audience, string UserIdClaim, bool PlatformSignsIn)
{
    public const string Subject = "sub";

    /// <exception cref="StartException">Nobody could sign in, or not safely.</exception>
    public static AuthSettings Of(IConfiguration settings)
    {
        var isDevelopment = HostingEnvironment.IsDevelopment(settings);
        var claim = settings["Auth:UserIdClaim"] is { Length: > 0 } given ? given : Subject;
        var platformSignsIn = string.Equals(settings["WEBSITE_AUTH_ENABLED"], "true", StringComparison.OrdinalIgnoreCase);
        if (string.IsNullOrEmpty(settings["Auth:Authority"]))
        {
            return isDevelopment
                ? new AuthSettings(null, "", claim, platformSignsIn)
                : throw new StartException(
                    "Set Auth__Authority to your OpenID issuer: without it the app starts only where AZURE_FUNCTIONS_ENVIRONMENT is Development.");
        }

        if (settings["Auth:Audience"] is not { Length: > 0 } audience)
        {
            throw new StartException("Set Auth__Audience to the audience that Auth__Authority makes tokens out for: any other token must be refused.");
        }

        return new AuthSettings(AuthorityOf(settings["Auth:Authority"]!, isDevelopment), audience, claim, platformSignsIn);
    }

    private static Uri AuthorityOf(string text, bool isDevelopment)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var authority)
            || authority is not { UserInfo: "", Query: "", Fragment: "" }
            || (authority.Scheme != Uri.UriSchemeHttps && authority.Scheme != Uri.UriSchemeHttp))
        {
            throw new StartException("Auth__Authority must be the https address of an OpenID issuer, without a query.");
        }

        // Keys that come by http can be anybody's.
        return authority.Scheme == Uri.UriSchemeHttps || (authority.IsLoopback && isDevelopment)
            ? authority
            : throw new StartException("Auth__Authority must begin with https; http is taken only on loopback, and only in Development.");
    }
}
