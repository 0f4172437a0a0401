using System.Text.Json;
using Azure.Data.Tables;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Audit;
using CertFunctions.Functions.Storage.Awards;
using CertFunctions.Functions.Storage.Jobs;

namespace CertFunctions.Operations.Checking;

/// <summary>
/// The audit is as it was written, each version of an award that no job made has one entry, and each job has one: in the ledger, or still in
/// the outbox, but never twice in the ledger.
/// </summary>
internal static class AuditCheck
{
    public static async Task<IReadOnlyList<string>> FindAsync(StoreContent content, StorageClients storage)
    {
        var table = storage.Table(StorageNames.Tables.Audit);
        var rows = await table.QueryAsync<TableEntity>().ToListAsync();
        var days = rows.Where(row => row.PartitionKey == AuditKeys.Days).Select(row => AuditKeys.ReadDay(row.RowKey));
        var verdicts = await Task.WhenAll(days.Select(day => new TableAuditTrail(table).VerifyAsync(day, CancellationToken.None)));
        var recorded = rows.Where(row => row.RowKey.StartsWith("E!", StringComparison.Ordinal)).Select(row => NameOf(AuditRow.ReadJson(row)));
        return
        [
            .. verdicts.Where(verdict => !verdict.Intact).Select(verdict => $"Audit of {verdict.Day:O}: {verdict.Detail}"),
            .. FindWrong(WantedIn(content), [.. recorded], await ReadOutboxAsync(content, storage)),
        ];
    }

    private static IEnumerable<string> FindWrong(HashSet<string> wanted, IReadOnlyList<string> recorded, HashSet<string> outbox)
    {
        var times = recorded.CountBy(name => name).ToDictionary();
        return wanted.Where(name => !times.ContainsKey(name) && !outbox.Contains(name)).Select(name => $"Audit: nothing is said of {name}")
            .Concat(times.Where(name => name.Value > 1 && wanted.Contains(name.Key)).Select(name => $"Audit: {name.Key} is there {name.Value} times"))
            .Concat(times.Keys.Where(name => IsOfAward(name) && !wanted.Contains(name)).Select(name => $"Audit: {name} never was"));
    }

    private static HashSet<string> WantedIn(StoreContent content) => content.Rows('U').Concat(content.Rows('H'))
        .Select(row => AwardRow.Read(row).Award)
        .Where(award => award.Change.Origin?.JobId is null)
        .Select(award => NameOf(award))
        .Concat(content.Jobs.Select(job => $"jobs/{job.Id}"))
        .ToHashSet();

    private static string NameOf(Award award) => award.Held
        ? $"certifications/{award.CertificationCode}/awards/{award.UserId} {award.Version}"
        : $"certifications/{award.CertificationCode}/awards/{award.UserId} without {award.Version - 1}";

    private static string NameOf(JsonElement entry)
    {
        var subject = entry.GetProperty("subject").GetString()!;
        return IsOfJob(subject) ? NameOfJob(subject, entry.GetProperty("action").GetString()!)
            : !IsOfAward(subject) ? subject
            : entry.GetProperty("after") is { ValueKind: JsonValueKind.Object } after ? $"{subject} {after.GetProperty("version")}"
            : $"{subject} without {entry.GetProperty("before").GetProperty("version")}";
    }

    /// <summary>A job is begun once; it may be stopped and gone on with any number of times.</summary>
    private static string NameOfJob(string subject, string action) =>
        action.EndsWith(".started", StringComparison.Ordinal) ? subject : $"{subject} {action}";

    private static bool IsOfJob(string subject) => subject.StartsWith("jobs/", StringComparison.Ordinal);

    private static bool IsOfAward(string subject) => subject.Contains("/awards/", StringComparison.Ordinal);

    private static async Task<HashSet<string>> ReadOutboxAsync(StoreContent content, StorageClients storage)
    {
        var jobs = await OutboxLetter.In(JobKeys.Partition).ReadAsync(storage.Table(StorageNames.Tables.Jobs), 1_000, CancellationToken.None).ToListAsync();
        return content.Rows('!').Concat(jobs).Select(row => NameOf(JsonElement.Parse(OutboxLetter.Read(row).Entry.Bytes))).ToHashSet();
    }
}
