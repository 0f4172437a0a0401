namespace CertFunctions.Functions.Http.Callers;

/// <summary>
/// On a function that anyone may call, signed in or not. It runs even while the storage is away, so it must not take for granted
/// that tables exist.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenToAnyoneAttribute : Attribute;
