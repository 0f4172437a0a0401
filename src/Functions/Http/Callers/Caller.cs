using CertFunctions.Core;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Http.Callers;

/// <summary>Who makes the call.</summary>
/// <param name="Name">The subject of the token: what awards and jobs record as their author.</param>
/// <param name="UserId">The user of the LMS that the caller is; null: none that there could be.</param>
public sealed record Caller(string Name, CallerRole Role, LmsId? UserId)
{
    public static readonly Caller LocalDeveloper = new("local-developer", CallerRole.Superadmin, LmsId.Parse("local-developer"));

    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("The call has not been let in: no caller is known.");

    internal void Enter(HttpContext context) => context.Features.Set(this);
}
