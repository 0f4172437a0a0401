using Azure.Data.Tables;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Storage.Jobs;

/// <summary>How a job lies in its row: what lists filter by as properties, the whole as JSON: the header of a file may be long.</summary>
internal static class JobRow
{
    public const string Kind = "kind";
    public const string Status = "status";
    public const string RequestedBy = "requestedBy";
    private const string Whole = "job";

    public static TableEntity Of(Job job)
    {
        var row = new TableEntity(JobKeys.Partition, JobKeys.Job(job.Id))
        {
            [Kind] = job.Kind.ToString(),
            [Status] = job.Status.ToString(),
            [RequestedBy] = job.RequestedBy,
        };
        PropertyParts.Write(row, Whole, JsonParts.Serialize(job));
        return row;
    }

    /// <summary>Told without reading the whole.</summary>
    public static bool IsIn(JobFilter filter, TableEntity row) =>
        (filter.Kind is not { } kind || row.GetString(Kind) == kind.ToString())
        && (filter.Status is not { } status || row.GetString(Status) == status.ToString())
        && (filter.RequestedBy is not { } caller || row.GetString(RequestedBy) == caller);

    public static Job Read(TableEntity row) => JsonParts.Read<Job>(row, Whole);
}
