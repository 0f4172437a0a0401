using Azure.Data.Tables;
using CertFunctions.Core.Directory;

namespace CertFunctions.Benchmarks.Raw;

/// <summary>Rows with the columns of ours and values of the same size.</summary>
internal static class RawRows
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly string JobId = new('0', 26);
    private static readonly string Commit = new('0', 32);

    public static TableEntity Award(string partition, string rowKey, string code, User user) => new(partition, rowKey)
    {
        ["codeKey"] = code,
        ["code"] = code,
        ["userId"] = user.Id.Value,
        ["username"] = user.Username,
        ["firstName"] = user.FirstName,
        ["lastName"] = user.LastName,
        ["version"] = 1,
        ["held"] = true,
        ["issuedOn"] = "2026-11-24",
        ["expiresOn"] = "2028-11-24",
        ["association"] = "Manual",
        ["awardedBy"] = "local-developer",
        ["awardedAt"] = At,
        ["jobId"] = JobId,
        ["change"] = "Awarded",
        ["changedAt"] = At,
        ["changedBy"] = "local-developer",
        ["origin"] = $"{{\"JobId\":\"{JobId}\"}}",
        ["commit"] = Commit,
    };

    public static TableEntity Receipt(string partition, string code, int run, int next) => new(partition, $"J!{code}!{run:x8}")
    {
        ["run"] = run,
        ["next"] = next,
        ["awarded"] = next,
        ["renewed"] = 0,
        ["updated"] = 0,
        ["revoked"] = 0,
        ["skipped"] = 0,
        ["failed"] = 0,
        ["at"] = At,
        ["commit"] = Commit,
    };

    public static TableEntity Count(string partition, string code, int holders) => new(partition, $"N!{code}")
    {
        ["holders"] = holders,
        ["expiring20"] = $"2028-11={holders}",
    };

    public static TableEntity Results(string partition, string code, int run, int from, byte[] results) =>
        new(partition, $"R!{code}!{run:x8}!{from:x8}") { ["results0"] = results };
}
