namespace CertFunctions.Core.Awards;

/// <summary>The dates and the association of an award, as they were asked for.</summary>
/// <param name="IssuedOn">Null: today.</param>
/// <param name="ExpiresOn">Null and not always valid: the certification's validity decides.</param>
public sealed record AwardTerms(DateOnly? IssuedOn, DateOnly? ExpiresOn, bool AlwaysValid, Association Association);
