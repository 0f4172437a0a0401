using System.Text.Json;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>How one version of an award lies in a row of any kind (truth, list, history).</summary>
internal static class AwardRow
{
    /// <summary>Compared by filters.</summary>
    public const string CodeKey = "codeKey";
    public const string Held = "held";

    /// <summary>Likewise, of the user.</summary>
    public const string Active = "active";

    public static TableEntity Of(Shard shard, string rowKey, Award award, ShownUser user, string writeId)
    {
        var row = new TableEntity(AwardKeys.Partition(shard), rowKey)
        {
            [CodeKey] = award.CertificationCode.Key,
            ["code"] = award.CertificationCode.Value,
            ["userId"] = award.UserId.Value,
            ["username"] = user.Username,
            ["firstName"] = user.FirstName,
            ["lastName"] = user.LastName,
            [Active] = user.Active,
            ["version"] = award.Version,
            [Held] = award.Held,
            ["issuedOn"] = CalendarDate.ToText(award.IssuedOn),
            ["association"] = award.Association.Type.ToString(),
            ["awardedBy"] = award.AwardedBy,
            ["awardedAt"] = award.AwardedAt,
            ["change"] = award.Change.Type.ToString(),
            ["changedAt"] = award.Change.At,
            ["changedBy"] = award.Change.By,
            [ConditionalWrite.WriteId] = writeId,
        };
        SetIfAny(row, "expiresOn", award.ExpiresOn is { } expiresOn ? CalendarDate.ToText(expiresOn) : null);
        SetIfAny(row, "activityType", award.Association.ActivityType?.ToString());
        SetIfAny(row, "activityId", award.Association.ActivityId?.Value);
        SetIfAny(row, "activityTitle", award.Association.ActivityTitle);
        SetIfAny(row, "jobId", award.JobId?.Value);
        SetIfAny(row, "reason", award.Change.Reason);
        SetIfAny(row, "restores", award.Restores);
        SetIfAny(row, "endedOn", award.EndedOn is { } endedOn ? CalendarDate.ToText(endedOn) : null);
        SetIfAny(row, "origin", award.Change.Origin is { } origin ? JsonSerializer.Serialize(origin, StorageJson.Options) : null);
        return row;
    }

    public static StoredAward Read(TableEntity row) => new(
        ReadAward(row),
        new ShownUser(row.GetString("username"), row.GetString("firstName"), row.GetString("lastName"), row.GetBoolean(Active)!.Value),
        row.ETag.ToString());

    private static Award ReadAward(TableEntity row) => new()
    {
        CertificationCode = CertificationCode.Parse(row.GetString("code")),
        UserId = LmsId.Parse(row.GetString("userId")),
        Version = row.GetInt32("version")!.Value,
        Held = row.GetBoolean(Held)!.Value,
        IssuedOn = CalendarDate.Parse(row.GetString("issuedOn")),
        ExpiresOn = row.GetString("expiresOn") is { } expiresOn ? CalendarDate.Parse(expiresOn) : null,
        Association = ReadAssociation(row),
        AwardedBy = row.GetString("awardedBy"),
        AwardedAt = row.GetDateTimeOffset("awardedAt")!.Value,
        JobId = row.GetString("jobId") is { } jobId ? JobId.Parse(jobId) : null,
        Change = new AwardChange(
            Enum.Parse<AwardChangeType>(row.GetString("change")),
            row.GetDateTimeOffset("changedAt")!.Value,
            row.GetString("changedBy"),
            row.GetString("reason"),
            row.GetString("origin") is { } origin ? JsonSerializer.Deserialize<Origin>(origin, StorageJson.Options) : null),
        Restores = row.GetInt32("restores"),
        EndedOn = row.GetString("endedOn") is { } endedOn ? CalendarDate.Parse(endedOn) : null,
    };

    private static Association ReadAssociation(TableEntity row) => new(
        Enum.Parse<AssociationType>(row.GetString("association")),
        row.GetString("activityType") is { } type ? Enum.Parse<ActivityType>(type) : null,
        row.GetString("activityId") is { } id ? LmsId.Parse(id) : null,
        row.GetString("activityTitle"));

    /// <summary>A null is not stored either way; an entry for it costs the client memory, and most of these are null.</summary>
    private static void SetIfAny(TableEntity row, string name, object? value)
    {
        if (value is not null)
        {
            row[name] = value;
        }
    }
}
