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

    /// <summary>Only find out what would come of it.</summary>
    public bool IsPlan { get; init; }

    public string? Reason { get; init; }

    /// <summary>How many users the requester expects; null: not said.</summary>
    public int? ConfirmUsers { get; init; }
}
