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

    private const string State = "State";

    public static RowRange All => new(PartitionKey, StorageKey.AllIds);

    /// <summary>Replaced by whoever writes any certification, by a name that was never there: nobody needs to read it first.</summary>
    public static TableEntity NewState() => new(PartitionKey, VersionKey) { [State] = Guid.NewGuid().ToString("n") };

    public static string? ReadState(TableEntity? row) => row?.GetString(State);

    public static TableEntity Of(Certification certification) => new(PartitionKey, certification.Code.Key)
    {
        ["Code"] = certification.Code.Value,
        ["Title"] = certification.Title,
        ["Description"] = certification.Description,
        ["ValidityValue"] = certification.Validity?.Value,
        ["ValidityUnit"] = certification.Validity?.Unit.ToString(),
        ["RenewalWindowDays"] = certification.RenewalWindowDays,
        ["Renewal"] = certification.Renewal.ToString(),
        ["Activities"] = JsonSerializer.Serialize(certification.Activities.Select(a => new[] { a.Type.ToString(), a.Id.Value })),
        ["Status"] = certification.Status.ToString(),
        ["CreatedAt"] = certification.CreatedAt,
        ["UpdatedAt"] = certification.UpdatedAt,
        ["Version"] = certification.Version,
    };

    public static Certification Read(TableEntity row) => new()
    {
        Code = CertificationCode.Parse(row.GetString("Code")),
        Title = row.GetString("Title"),
        Description = row.GetString("Description"),
        Validity = ReadValidity(row),
        RenewalWindowDays = row.GetInt32("RenewalWindowDays")!.Value,
        Renewal = Enum.Parse<RenewalRule>(row.GetString("Renewal")),
        Activities = [.. JsonSerializer.Deserialize<string[][]>(row.GetString("Activities"))!.Select(ReadActivity)],
        Status = Enum.Parse<CertificationStatus>(row.GetString("Status")),
        CreatedAt = row.GetDateTimeOffset("CreatedAt")!.Value,
        UpdatedAt = row.GetDateTimeOffset("UpdatedAt")!.Value,
        Version = row.GetInt32("Version")!.Value,
    };

    private static Activity ReadActivity(string[] pair) => new(Enum.Parse<ActivityType>(pair[0]), LmsId.Parse(pair[1]));

    private static Validity? ReadValidity(TableEntity row) =>
        row.GetInt32("ValidityValue") is { } value
        && Validity.TryCreate(value, Enum.Parse<ValidityUnit>(row.GetString("ValidityUnit")), out var validity) ? validity : null;
}
