using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Awards;

/// <summary>An award as callers see it.</summary>
internal sealed record AwardAnswer
{
    public required CertificationCode CertificationCode { get; init; }

    public required string CertificationTitle { get; init; }

    public required LmsId UserId { get; init; }

    public required string Username { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    /// <summary>Whether the user is.</summary>
    public required bool Active { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required DateOnly? ExpiresOn { get; init; }

    public required bool AlwaysValid { get; init; }

    public required int? DaysToRenew { get; init; }

    public required DateOnly? RenewableFrom { get; init; }

    public required AwardStatus Status { get; init; }

    public required Association Association { get; init; }

    public required string AwardedBy { get; init; }

    public required DateTimeOffset AwardedAt { get; init; }

    public required string? JobId { get; init; }

    public required int Version { get; init; }

    public static AwardAnswer Of(ListedAward listed, DateOnly today)
    {
        var (certification, award, user) = listed;
        var standing = listed.StandingOn(today);
        return new AwardAnswer
        {
            CertificationCode = certification.Code,
            CertificationTitle = certification.Title,
            UserId = award.UserId,
            Username = user.Username,
            FirstName = user.FirstName,
            LastName = user.LastName,
            Active = user.Active,
            IssuedOn = award.IssuedOn,
            ExpiresOn = award.ExpiresOn,
            AlwaysValid = award.AlwaysValid,
            DaysToRenew = standing.DaysToRenew,
            RenewableFrom = standing.RenewableFrom,
            Status = standing.Status,
            Association = award.Association,
            AwardedBy = award.AwardedBy,
            AwardedAt = award.AwardedAt,
            JobId = award.JobId?.Value,
            Version = award.Version,
        };
    }
}
