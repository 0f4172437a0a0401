using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Http.Callers;

/// <summary>Who makes the call.</summary>
/// <param name="Name">What awards and jobs record as their author.</param>
public sealed record Caller(string Name, CallerRole Role)
{
    public static readonly Caller LocalDeveloper = new("local-developer", CallerRole.Superadmin);

    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("The call has not been let in: no caller is known.");

    internal void Enter(HttpContext context) => context.Features.Set(this);
}

public enum CallerRole
{
    Learner,
    Auditor,
    Superadmin,
}
