namespace CertFunctions.Core.Jobs;

/// <summary>Which jobs a caller asks for; null: any.</summary>
/// <param name="RequestedBy">Who asked for them, in exactly this spelling.</param>
public sealed record JobFilter(JobKind? Kind = null, JobStatus? Status = null, string? RequestedBy = null)
{
    public static readonly JobFilter All = new();
}
