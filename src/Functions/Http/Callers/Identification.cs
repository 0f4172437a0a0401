using CertFunctions.Functions.Http.Answers;

namespace CertFunctions.Functions.Http.Callers;

/// <summary>Whom a call comes from, or why that is not known: exactly one of <paramref name="Caller"/> and <paramref name="Refusal"/> is there.</summary>
/// <param name="ByCookie">A browser sent the proof by itself, so another site may have made it send the call.</param>
public sealed record Identification(Caller? Caller, Problem? Refusal, bool ByCookie = false)
{
    public static readonly Identification NoProof = new(null, Problem.Unauthenticated("Bearer"));

    /// <summary>RFC 6750, 3.1. Nobody is told what is wrong with a token: only its forger would want to know.</summary>
    public static readonly Identification BadToken = new(null, Problem.Unauthenticated("Bearer error=\"invalid_token\""));

    public static readonly Identification IssuerUnavailable = new(null, Problem.IssuerUnavailable());

    public static Identification Of(Caller caller, bool byCookie = false) => new(caller, null, byCookie);
}
