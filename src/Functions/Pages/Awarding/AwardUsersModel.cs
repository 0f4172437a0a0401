using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Pages.Awarding;

/// <summary>A step of the dialog.</summary>
public sealed record AwardUsersModel(Certification Certification, AwardUsersForm Form, FieldErrors Errors)
{
    /// <summary>Those chosen, with their names; on the first step.</summary>
    public IReadOnlyDictionary<SourceKind, IReadOnlyList<FoundSource>> Chosen { get; init; } = new Dictionary<SourceKind, IReadOnlyList<FoundSource>>();

    /// <summary>Those that are looked for; on the first step.</summary>
    public IReadOnlyDictionary<SourceKind, IReadOnlyList<FoundSource>> Found { get; init; } = new Dictionary<SourceKind, IReadOnlyList<FoundSource>>();

    /// <summary>How many people are chosen; null: more than are counted here.</summary>
    public int? People { get; init; }

    /// <summary>On the third step.</summary>
    public IReadOnlyList<ExternalTraining> Trainings { get; init; } = [];

    /// <summary>On the last step.</summary>
    public AwardPlan? Plan { get; init; }
}

/// <summary>What would come of an award.</summary>
/// <param name="ExpiresOn">Null: always valid.</param>
/// <param name="Results">The first of them.</param>
/// <param name="HasMore">Whether there are others.</param>
public sealed record AwardPlan(Job Job, DateOnly IssuedOn, DateOnly? ExpiresOn, IReadOnlyList<JobResult> Results, bool HasMore);
