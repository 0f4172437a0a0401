using CertFunctions.Core.Audit;
using CertFunctions.Core.Awards;

namespace CertFunctions.Functions.Awards;

/// <summary>One version of an award in its history.</summary>
internal sealed record AwardVersionAnswer(
    int Version,
    DateOnly IssuedOn,
    DateOnly? ExpiresOn,
    bool AlwaysValid,
    Association Association,
    AwardChangeType Change,
    DateTimeOffset At,
    string By,
    string? Reason,
    AwardOriginAnswer? Origin)
{
    public static AwardVersionAnswer Of(Award award) => new(
        award.Version,
        award.IssuedOn,
        award.ExpiresOn,
        award.AlwaysValid,
        award.Association,
        award.Change.Type,
        award.Change.At,
        award.Change.By,
        award.Change.Reason,
        award.Change.Origin is { } origin ? AwardOriginAnswer.Of(origin) : null);
}

internal sealed record AwardOriginAnswer(string? JobId, string? File, int? Line, string? MessageId, string? Event)
{
    public static AwardOriginAnswer Of(Origin origin) =>
        new(origin.JobId?.Value, origin.File, origin.Line, origin.MessageId, origin.Event);
}
