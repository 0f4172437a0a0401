using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding.Undoing;

/// <summary>Takes back what a job did for one task.</summary>
/// <param name="Version">The version of the award that the job wrote; null: it wrote none.</param>
/// <param name="Used">Completions that the job may have used, to be set free.</param>
/// <param name="Freed">Completions that the job has set free, to be used again.</param>
[StoredAs("undo")]
public sealed record UndoTask(CertificationCode Code, int? Version, IReadOnlyList<Completion> Used, IReadOnlyList<Completion> Freed) : RunTask;
