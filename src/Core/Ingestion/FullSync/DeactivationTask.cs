using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion.FullSync;

/// <summary>Deactivates the user, unless there is later news of it.</summary>
[StoredAs("deactivation")]
public sealed record DeactivationTask : RunTask;
