namespace CertFunctions.Core.Jobs;

/// <summary>How far it has been found out whether a plan still holds.</summary>
/// <param name="Run">The first run of the plan that has not been looked at.</param>
/// <param name="Outdated">How many rows rest on what has changed since.</param>
/// <param name="First">The users of the first of them, at most <see cref="MostNamed"/>.</param>
public sealed record PlanCheck(int Run, int Outdated, IReadOnlyList<LmsId> First)
{
    public const int MostNamed = 10;

    public static readonly PlanCheck None = new(0, 0, []);

    /// <summary>With another run looked at.</summary>
    public PlanCheck With(IReadOnlyList<LmsId> outdated) => new(Run + 1, Outdated + outdated.Count, [.. First.Concat(outdated).Take(MostNamed)]);

    /// <summary>What somebody is told whose plan does not hold any more.</summary>
    public string Describe(int total) =>
        $"{Outdated} of {total} rows rest on what has changed since the plan was made, so nothing was done: "
        + $"{string.Join(", ", First)}{(Outdated > First.Count ? ", \u2026" : "")}. Make a new plan.";
}
