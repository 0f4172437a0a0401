namespace CertFunctions.Functions.Http.Callers;

/// <summary>On a function whose callers have to sign in, with this role or one that may do more.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsAttribute(CallerRole role) : Attribute
{
    public CallerRole Role => role;
}
