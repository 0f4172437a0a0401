using System.Text.Json;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Storage.Certifications;

/// <summary>
/// A certification as a row, and the row that names the state of them all: in one partition, changed in one transaction. RowKey is the
/// code in lower case: two spellings are one row.
/// </summary>
internal static class CertificationRow
{
    public const string PartitionKey = "C";

    /// <summary>Sorts below every code.</summary>
    public const string VersionKey = "!version";

    private const string State = "state";

    public static RowRange All => new(PartitionKey, StorageKey.AllIds);

    /// <summary>Replaced by whoever writes any certification, by a name that was never there: nobody needs to read it first.</summary>
    public static TableEntity NewState() => new(PartitionKey, VersionKey) { [State] = Guid.NewGuid().ToString("n") };

    public static string? ReadState(TableEntity? row) => row?.GetString(State);

    public static TableEntity Of(Certification certification) => new(PartitionKey, certification.Code.Key)
    {
        ["code"] = certification.Code.Value,
        ["title"] = certification.Title,
        ["description"] = certification.Description,
        ["validityValue"] = certification.Validity?.Value,
        ["validityUnit"] = certification.Validity?.Unit.ToString(),
        ["renewalWindowDays"] = certification.RenewalWindowDays,
        ["renewal"] = certification.Renewal.ToString(),
        ["activities"] = JsonSerializer.Serialize(certification.Activities.Select(a => new[] { a.Type.ToString(), a.Id.Value })),
        ["status"] = certification.Status.ToString(),
        ["createdAt"] = certification.CreatedAt,
        ["updatedAt"] = certification.UpdatedAt,
        ["version"] = certification.Version,
    };

    public static Certification Read(TableEntity row) => new()
    {
        Code = CertificationCode.Parse(row.GetString("code")),
        Title = row.GetString("title"),
        Description = row.GetString("description"),
        Validity = ReadValidity(row),
        RenewalWindowDays = row.GetInt32("renewalWindowDays")!.Value,
        Renewal = Enum.Parse<RenewalRule>(row.GetString("renewal")),
        Activities = [.. JsonSerializer.Deserialize<string[][]>(row.GetString("activities"))!.Select(ReadActivity)],
        Status = Enum.Parse<CertificationStatus>(row.GetString("status")),
        CreatedAt = row.GetDateTimeOffset("createdAt")!.Value,
        UpdatedAt = row.GetDateTimeOffset("updatedAt")!.Value,
        Version = row.GetInt32("version")!.Value,
    };

    private static Activity ReadActivity(string[] pair) => new(Enum.Parse<ActivityType>(pair[0]), LmsId.Parse(pair[1]));

    private static Validity? ReadValidity(TableEntity row) =>
        row.GetInt32("validityValue") is { } value
        && Validity.TryCreate(value, Enum.Parse<ValidityUnit>(row.GetString("validityUnit")), out var validity) ? validity : null;
}
