using System.Text.Json;
using Azure.Data.Tables;

namespace CertFunctions.Functions.Storage.Audit;

/// <summary>How an entry lies in its row: its content in parts, its place in the chain, and the keys of its two rows of the index.</summary>
internal static class AuditRow
{
    public const string Number = "number";
    private const string Content = "content";
    private const string Previous = "previous";
    private const string Hash = "hash";
    private const string SubjectKey = "subjectKey";
    private const string ActorKey = "actorKey";

    /// <summary>The entry and its two rows of the index.</summary>
    public static IEnumerable<TableEntity> Of(DateOnly day, long number, AuditContent entry, byte[] previous, byte[] hash)
    {
        var partition = AuditKeys.Partition(day);
        var row = new TableEntity(partition, AuditKeys.OfEntry(number))
        {
            [Number] = number,
            [Previous] = previous,
            [Hash] = hash,
            [SubjectKey] = entry.SubjectKey,
            [ActorKey] = entry.ActorKey,
        };
        PropertyParts.Write(row, Content, entry.Bytes);
        return [row, IndexRow(partition, entry.SubjectKey, number), IndexRow(partition, entry.ActorKey, number)];
    }

    /// <summary>Where somebody has been at the row, it is read all the same: <see cref="ChainCheck"/> says so.</summary>
    public static long ReadNumber(TableEntity row) => row.GetInt64(Number) ?? 0;

    /// <summary>Undefined where it is none any more.</summary>
    public static JsonElement ReadJson(TableEntity row)
    {
        try
        {
            return JsonElement.Parse(ReadContent(row));
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static byte[] ReadContent(TableEntity row) => PropertyParts.Read(row, Content);

    public static ChainedEntry ReadChained(TableEntity row) => new(
        row.RowKey,
        ReadNumber(row),
        row.GetBinary(Previous) ?? [],
        row.GetBinary(Hash) ?? [],
        ReadContent(row),
        row.GetString(SubjectKey) ?? "",
        row.GetString(ActorKey) ?? "");

    private static TableEntity IndexRow(string partition, string key, long number) => new(partition, key) { [Number] = number };
}

/// <summary>An entry as it stands in the chain.</summary>
/// <param name="Hash">As it was stored.</param>
internal sealed record ChainedEntry(string RowKey, long Number, byte[] Previous, byte[] Hash, byte[] Content, string SubjectKey, string ActorKey);
