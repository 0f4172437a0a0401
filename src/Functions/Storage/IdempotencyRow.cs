using System.Globalization;
using Azure.Data.Tables;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Idempotency;

namespace CertFunctions.Functions.Storage;

internal static class IdempotencyRow
{
    public const string RowKey = "request";
    public const string CreatedAt = "createdAt";
    private const int ChunkBytes = 64 * 1024;

    public static TableEntity Write(IdempotentRequest request)
    {
        var row = new TableEntity(request.Id, RowKey)
        {
            ["bodyHash"] = request.BodyHash,
            ["reservedId"] = request.ReservedId,
            ["attempt"] = request.Attempt,
            [CreatedAt] = request.CreatedAt,
            ["leaseUntil"] = request.LeaseUntil,
        };
        if (request.Answer is { } answer)
        {
            row["status"] = answer.Status;
            row["version"] = answer.Version;
            row["location"] = answer.Location;
            WriteBody(row, answer.Body);
        }

        return row;
    }

    public static IdempotentRequest Read(TableEntity row) => new()
    {
        Id = row.PartitionKey,
        BodyHash = row.GetString("bodyHash"),
        ReservedId = row.GetString("reservedId"),
        Attempt = row.GetString("attempt"),
        CreatedAt = row.GetDateTimeOffset(CreatedAt)!.Value,
        LeaseUntil = row.GetDateTimeOffset("leaseUntil")!.Value,
        Answer = row.GetInt32("status") is { } status ? new Answer(status, ReadBody(row), row.GetString("version"), row.GetString("location")) : null,
    };

    /// <summary>A property holds 64 KiB at most.</summary>
    private static void WriteBody(TableEntity row, ReadOnlyMemory<byte>? body)
    {
        if (body is not { } bytes)
        {
            return;
        }

        row["bodyLength"] = bytes.Length;
        for (var (from, chunk) = (0, 0); from < bytes.Length; from += ChunkBytes, chunk++)
        {
            row[ChunkName(chunk)] = bytes.Slice(from, Math.Min(ChunkBytes, bytes.Length - from)).ToArray();
        }
    }

    private static ReadOnlyMemory<byte>? ReadBody(TableEntity row)
    {
        if (row.GetInt32("bodyLength") is not { } length)
        {
            return null;
        }

        var chunks = (length + ChunkBytes - 1) / ChunkBytes;
        return Enumerable.Range(0, chunks).SelectMany(chunk => row.GetBinary(ChunkName(chunk))).ToArray();
    }

    private static string ChunkName(int chunk) => string.Create(CultureInfo.InvariantCulture, $"Body{chunk:d2}");
}
