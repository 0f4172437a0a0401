using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>Does for the user what the order of the job says.</summary>
[StoredAs("order")]
public sealed record OrderTask : RunTask;

/// <summary>Awards a certification to the user.</summary>
[StoredAs("award")]
public sealed record AwardTask(CertificationCode Code, AwardOrder Order) : RunTask;

/// <summary>Unassigns a certification from the user.</summary>
[StoredAs("revoke")]
public sealed record RevokeTask(CertificationCode Code, string? Reason) : RunTask;

/// <summary>Awards a certification for what the user completed before.</summary>
/// <param name="Completions">Of activities that the certification lists, the oldest first; at least one.</param>
[StoredAs("completion")]
public sealed record CompletionTask(CertificationCode Code, IReadOnlyList<Completion> Completions) : RunTask;
