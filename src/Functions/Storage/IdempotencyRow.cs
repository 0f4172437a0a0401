using System.Globalization;
using Azure.Data.Tables;
using CertFunctions.Functions.Http;

namespace CertFunctions.Functions.Storage;

internal static class IdempotencyRow
{
    public const string RowKey = "request";
    private const int ChunkBytes = 64 * 1024;

    public static TableEntity Write(IdempotentRequest request)
    {
        var row = new TableEntity(request.Id, RowKey)
        {
            ["BodyHash"] = request.BodyHash,
            ["ReservedId"] = request.ReservedId,
            ["Attempt"] = request.Attempt,
            ["CreatedAt"] = request.CreatedAt,
            ["LeaseUntil"] = request.LeaseUntil,
        };
        if (request.Answer is { } answer)
        {
            row["Status"] = answer.Status;
            row["Version"] = answer.Version;
            row["Location"] = answer.Location;
            WriteBody(row, answer.Body);
        }

        return row;
    }

    public static IdempotentRequest Read(TableEntity row) => new()
    {
        Id = row.PartitionKey,
        BodyHash = row.GetString("BodyHash"),
        ReservedId = row.GetString("ReservedId"),
        Attempt = row.GetString("Attempt"),
        CreatedAt = row.GetDateTimeOffset("CreatedAt")!.Value,
        LeaseUntil = row.GetDateTimeOffset("LeaseUntil")!.Value,
        Answer = row.GetInt32("Status") is { } status ? new Answer(status, ReadBody(row), row.GetString("Version"), row.GetString("Location")) : null,
    };

    /// <summary>A property holds 64 KiB at most.</summary>
    private static void WriteBody(TableEntity row, ReadOnlyMemory<byte>? body)
    {
        if (body is not { } bytes)
        {
            return;
        }

        row["BodyLength"] = bytes.Length;
        for (var (from, chunk) = (0, 0); from < bytes.Length; from += ChunkBytes, chunk++)
        {
            row[ChunkName(chunk)] = bytes.Slice(from, Math.Min(ChunkBytes, bytes.Length - from)).ToArray();
        }
    }

    private static ReadOnlyMemory<byte>? ReadBody(TableEntity row)
    {
        if (row.GetInt32("BodyLength") is not { } length)
        {
            return null;
        }

        var chunks = (length + ChunkBytes - 1) / ChunkBytes;
        return Enumerable.Range(0, chunks).SelectMany(chunk => row.GetBinary(ChunkName(chunk))).ToArray();
    }

    private static string ChunkName(int chunk) => string.Create(CultureInfo.InvariantCulture, $"Body{chunk:d2}");
}
