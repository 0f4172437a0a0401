using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Awards;

/// <summary>One version of what a user holds, or once held, of a certification.</summary>
public sealed record Award
{
    public required CertificationCode CertificationCode { get; init; }

    public required LmsId UserId { get; init; }

    /// <summary>Counts from 1 and never restarts, also not when the award is unassigned and made again.</summary>
    public required int Version { get; init; }

    /// <summary>False: unassigned. The row stays, so that versions go on.</summary>
    public required bool Held { get; init; }

    public required DateOnly IssuedOn { get; init; }

    /// <summary>Valid through the end of this day; null: always valid.</summary>
    public required DateOnly? ExpiresOn { get; init; }

    public required Association Association { get; init; }

    /// <summary>Who awarded or last renewed it; an edit does not change it.</summary>
    public required string AwardedBy { get; init; }

    public required DateTimeOffset AwardedAt { get; init; }

    /// <summary>The job that awarded or last renewed it; null where no job did.</summary>
    public required JobId? JobId { get; init; }

    /// <summary>What made this version.</summary>
    public required AwardChange Change { get; init; }

    /// <summary>The version that this one put back when a job was undone, 0 for none: what came since then never was. Null: it put nothing back.</summary>
    public int? Restores { get; init; }

    /// <summary>Unassigned: the organisation's calendar date since when. Null while it is held, and where an undo made that it never was.</summary>
    public DateOnly? EndedOn { get; init; }

    public bool AlwaysValid => ExpiresOn is null;
}
