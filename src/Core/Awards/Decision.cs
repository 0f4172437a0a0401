namespace CertFunctions.Core.Awards;

/// <summary>What is to happen to one user of an order.</summary>
/// <param name="Outcome">How it is reported.</param>
/// <param name="Code">Why, where the outcome is skipped or failed; else null.</param>
/// <param name="Detail">The same in words.</param>
/// <param name="After">The version to write; null: nothing changes.</param>
public sealed record Decision(AwardOutcome Outcome, string? Code, string? Detail, Award? After)
{
    public static Decision Write(AwardOutcome outcome, Award after) => new(outcome, null, null, after);

    public static Decision Skip(string code, string detail) => new(AwardOutcome.Skipped, code, detail, null);

    public static Decision Fail(string code, string detail) => new(AwardOutcome.Failed, code, detail, null);
}

public enum AwardOutcome
{
    Awarded,
    Renewed,
    Updated,
    Revoked,
    Skipped,
    Failed,
}
