using System.Text.Json;
using Azure.Data.Tables;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Storage.Jobs;

/// <summary>How a job lies in its row: what lists filter by as properties, the whole as JSON.</summary>
internal static class JobRow
{
    public const string Kind = "kind";
    public const string Status = "status";
    public const string RequestedBy = "requestedBy";
    private const string Whole = "job";

    public static TableEntity Of(Job job) => new(JobKeys.Partition, JobKeys.Job(job.Id))
    {
        [Kind] = job.Kind.ToString(),
        [Status] = job.Status.ToString(),
        [RequestedBy] = job.RequestedBy,
        [Whole] = JsonSerializer.SerializeToUtf8Bytes(job, StorageJson.Options),
    };

    public static Job Read(TableEntity row) => JsonSerializer.Deserialize<Job>(row.GetBinary(Whole), StorageJson.Options)!;
}
