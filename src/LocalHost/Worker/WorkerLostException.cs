namespace CertFunctions.LocalHost.Worker;

/// <summary>The worker process ended, or was not there in time, before it could answer.</summary>
internal sealed class WorkerLostException() : Exception("The worker process ended before the function did.");
