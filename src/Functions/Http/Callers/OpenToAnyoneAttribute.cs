namespace CertFunctions.Functions.Http.Callers;

/// <summary>On a function that anyone may call, signed in or not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenToAnyoneAttribute : Attribute
{
    /// <summary>False: it runs even while the storage is away, and must not take for granted that tables exist.</summary>
    public bool NeedsStorage { get; init; }
}
