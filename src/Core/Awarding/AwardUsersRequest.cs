using CertFunctions.Core.Awards;

namespace CertFunctions.Core.Awarding;

/// <summary>What the superadmin asks for on Award Users.</summary>
public sealed record AwardUsersRequest
{
    public required IReadOnlyList<LmsId> Users { get; init; }

    public required IReadOnlyList<LmsId> Groups { get; init; }

    public required IReadOnlyList<LmsId> Branches { get; init; }

    public bool IncludeSubBranches { get; init; }

    public required AwardTerms Terms { get; init; }

    public OnExisting OnExisting { get; init; }

    public string? Reason { get; init; }

    /// <summary>How many users the requester expects; null: not said.</summary>
    public int? ConfirmUsers { get; init; }
}

/// <summary>The dates and the association of an award, as they were asked for.</summary>
/// <param name="IssuedOn">Null: today.</param>
/// <param name="ExpiresOn">Null and not always valid: the certification's validity decides.</param>
public sealed record AwardTerms(DateOnly? IssuedOn, DateOnly? ExpiresOn, bool AlwaysValid, Association Association);
