namespace CertFunctions.Core.Awards;

/// <summary>What is to happen to one user of an order.</summary>
/// <param name="Outcome">How it is reported.</param>
/// <param name="Code">Why, where the outcome is skipped or failed; else null.</param>
/// <param name="Detail">The same in words.</param>
/// <param name="After">The version to write; null: nothing changes.</param>
public sealed record Decision(ChangeOutcome Outcome, string? Code, string? Detail, Award? After)
{
    public static Decision Write(ChangeOutcome outcome, Award after) => new(outcome, null, null, after);

    public static Decision Skip(string code, string detail) => new(ChangeOutcome.Skipped, code, detail, null);

    public static Decision Fail(string code, string detail) => new(ChangeOutcome.Failed, code, detail, null);
}
