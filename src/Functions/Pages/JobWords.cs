using CertFunctions.Core;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Pages;

/// <summary>What a job does, or has done, in a sentence.</summary>
internal static class JobWords
{
    public static string Done(JobCounts counts) => Sentence(
    [
        (counts.Awarded, $"{Words.People(counts.Awarded)} {(counts.Awarded == 1 ? "was" : "were")} awarded"),
        (counts.Renewed, $"{Words.Of(counts.Renewed)} renewed"),
        (counts.Updated, $"{Words.Of(counts.Updated)} changed"),
        (counts.Revoked, $"{Words.Of(counts.Revoked)} unassigned"),
        (counts.Skipped, $"{Words.Of(counts.Skipped)} skipped"),
        (counts.Failed, $"{Words.Of(counts.Failed)} failed"),
    ]) ?? "Nobody was concerned.";

    /// <summary>Of a plan, whatever it is one of.</summary>
    public static string WouldDo(JobCounts counts) => Sentence(
    [
        (counts.Awarded, $"{Words.People(counts.Awarded)} would be awarded"),
        (counts.Renewed, $"{Words.Of(counts.Renewed)} would be renewed"),
        (counts.Updated, $"{Words.Of(counts.Updated)} would be changed"),
        (counts.Revoked, $"{Words.Of(counts.Revoked)} would be unassigned"),
        (counts.Skipped, $"{Words.Of(counts.Skipped)} would be skipped"),
        (counts.Failed, $"{Words.Of(counts.Failed)} would fail"),
    ]) ?? "Nobody is concerned.";

    /// <param name="until">How long what is awarded will be valid.</param>
    public static string Planned(JobCounts counts, string until) => Sentence(
    [
        (counts.Awarded, $"{Words.People(counts.Awarded)} {(counts.Awarded == 1 ? "gets" : "get")} it {until}"),
        (counts.Renewed, $"{Words.Of(counts.Renewed)} {(counts.Renewed == 1 ? "is" : "are")} renewed {until}"),
        (counts.Updated, $"{Words.Of(counts.Updated)} {(counts.Updated == 1 ? "is" : "are")} changed, valid {until}"),
        (counts.Skipped, $"{Words.Of(counts.Skipped)} already {(counts.Skipped == 1 ? "holds" : "hold")} it as long or longer"),
        (counts.Failed, $"{Words.Of(counts.Failed)} cannot get it"),
    ]) ?? "Nobody is concerned.";

    public static string ClassOf(ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Skipped => "off",
        ChangeOutcome.Failed => "bad",
        _ => "",
    };

    /// <summary>Of a plan: until when what it would award is valid.</summary>
    public static string ExpiryOf(JobResult result) => result.Planned switch
    {
        { IssuedOn: not null, ExpiresOn: { } expiresOn } => Words.Of(expiresOn),
        { IssuedOn: not null } => "Always valid",
        _ => "–",
    };

    private static string? Sentence(IReadOnlyList<(int Count, string Words)> parts)
    {
        var said = parts.Where(part => part.Count > 0).Select(part => part.Words).ToList();
        return said.Count == 0 ? null : $"{string.Join(", ", said)}.";
    }
}
