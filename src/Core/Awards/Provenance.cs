using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Awards;

/// <summary>Who changes awards, when, and on whose behalf: read once, so that a redelivery writes the same rows.</summary>
public sealed record Provenance(string By, DateTimeOffset At, JobId? JobId, Origin? Origin)
{
    /// <summary>
    /// The same at the time of the former version where that is later: a job that waited would else make a history that runs backwards, and so
    /// would a clock that is behind another's.
    /// </summary>
    /// <param name="former">Null: there is none.</param>
    public Provenance NotBefore(Award? former) => former?.Change.At > At ? this with { At = former.Change.At } : this;

    public AwardChange Change(AwardChangeType type, string? reason) => new(type, At, By, reason, Origin);
}
