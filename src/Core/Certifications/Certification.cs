namespace CertFunctions.Core.Certifications;

/// <summary>A certification as the superadmin defined it.</summary>
public sealed record Certification
{
    public required CertificationCode Code { get; init; }

    public required string Title { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Null: an award of it never expires.</summary>
    public Validity? Validity { get; init; }

    /// <summary>From how many days before its expiry an award can be renewed; 0: it is never called expiring.</summary>
    public int RenewalWindowDays { get; init; }

    public RenewalRule Renewal { get; init; }

    /// <summary>Whoever completes one of these is awarded this certification.</summary>
    public IReadOnlyList<Activity> Activities { get; init; } = [];

    public CertificationStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Counts the changes of this definition; awards do not change it.</summary>
    public required int Version { get; init; }

    /// <summary>Equality by value of all members, the list of activities included.</summary>
    public bool SaysTheSameAs(Certification other) =>
        Activities.SequenceEqual(other.Activities) && this with { Activities = other.Activities } == other;
}

/// <summary>What a renewed award's validity is counted from.</summary>
public enum RenewalRule
{
    FromCompletion,
    FromExpiry,
}

public enum CertificationStatus
{
    Active,
    Archived,
}

public sealed record Activity(ActivityType Type, LmsId Id);

public enum ActivityType
{
    Course,
    LearningPlan,
    ExternalTraining,
}
