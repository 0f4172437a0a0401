namespace CertFunctions.Functions.Http.Callers;

/// <summary>On a function whose callers prove themselves to itself, and to nobody else: no bearer token, no local developer.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OwnProofAttribute : Attribute;
