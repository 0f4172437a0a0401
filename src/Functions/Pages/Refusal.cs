using CertFunctions.Functions.Http.Answers;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Pages;

/// <summary>Why somebody does not see what they asked for.</summary>
/// <param name="Code">What the API's description explains.</param>
/// <param name="SignIn">Where to sign in; null: that would not help.</param>
public sealed record Refusal(string Title, string Code, string Detail, string? SignIn)
{
    /// <summary>Where the platform signs people in, as <c>infra/</c> sets it up.</summary>
    private const string PlatformSignIn = "/.auth/login/aad?post_login_redirect_uri=";

    internal static Refusal Of(Problem problem, HttpRequest request) => problem.Status switch
    {
        400 => new("That cannot be read", problem.Code, problem.Detail, null),
        401 => new("Sign in first", problem.Code, "You see this once you have signed in.", PlatformSignIn + Uri.EscapeDataString(request.Path + request.QueryString)),
        403 => new("Not allowed", problem.Code, problem.Detail, null),
        404 => new("Not found", problem.Code, problem.Detail, null),
        409 or 412 or 422 => new("Not done", problem.Code, problem.Detail, null),
        429 => new("Too much at once", problem.Code, problem.Detail, null),
        503 => new("Not now", problem.Code, problem.Detail, null),
        _ => new("Something went wrong", problem.Code, problem.Detail, null),
    };
}
