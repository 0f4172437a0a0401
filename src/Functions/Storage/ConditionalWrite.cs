using System.Runtime.ExceptionServices;
using Azure;
using Azure.Data.Tables;
using CertFunctions.Functions.Storage.Transactions;

namespace CertFunctions.Functions.Storage;

/// <summary>Writes of one row that are refused when the row is no longer what it was.</summary>
internal static class ConditionalWrite
{
    /// <summary>
    /// Which attempt wrote the row. The client repeats a write whose answer was lost; the repetition is then refused on
    /// account of its own first success, which this column gives away.
    /// </summary>
    public const string WriteId = "writeId";

    private const int MaxAttempts = 3;

    public static string NewId() => Guid.NewGuid().ToString("n");

    /// <param name="revision">The ETag of the row to replace; null: there must be none.</param>
    /// <returns>False when another write came first.</returns>
    public static async Task<bool> TryWriteAsync(this TableClient table, TableEntity row, string? revision, CancellationToken cancellationToken)
    {
        row[WriteId] = NewId();
        try
        {
            await (revision is null
                ? table.AddEntityAsync(row, cancellationToken)
                : table.UpdateEntityAsync(row, new ETag(revision), TableUpdateMode.Replace, cancellationToken));
            return true;
        }
        catch (RequestFailedException e) when (IsConflict(e))
        {
            return await table.IsWrittenAsync(row, cancellationToken);
        }
    }

    /// <summary>Commits a transaction, and finds out whether it did when no answer came.</summary>
    /// <param name="witness">A row that the transaction writes.</param>
    /// <returns>False when another write came first.</returns>
    public static async Task<bool> TryCommitAsync(
        this TableClient table, TableEntity witness, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken) =>
        await table.CommitAsync(witness, actions, cancellationToken) is null;

    /// <summary>The same where something else tells whether it was stored.</summary>
    public static async Task<bool> TryCommitAsync(
        this TableClient table,
        IReadOnlyList<TableTransactionAction> actions,
        Func<CancellationToken, Task<bool>> wasStored,
        CancellationToken cancellationToken) => await table.CommitAsync(actions, wasStored, cancellationToken) is null;

    /// <summary>Commits a transaction, and finds out whether it did when no answer came.</summary>
    /// <param name="witness">A row that the transaction writes.</param>
    /// <returns>Null: it did. Else the first operation that was refused: another write came first.</returns>
    public static Task<int?> CommitAsync(
        this TableClient table, TableEntity witness, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        witness[WriteId] = NewId();
        return table.CommitAsync(actions, token => table.IsWrittenAsync(witness, token), cancellationToken);
    }

    /// <summary>The same where something else tells whether it was stored.</summary>
    public static async Task<int?> CommitAsync(
        this TableClient table,
        IReadOnlyList<TableTransactionAction> actions,
        Func<CancellationToken, Task<bool>> wasStored,
        CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var outcome = await table.SubmitAsync(actions, cancellationToken);
            if (outcome is SubmitOutcome.Succeeded || await wasStored(cancellationToken))
            {
                return null;
            }

            if (outcome is not SubmitOutcome.Unknown { Cause: var cause })
            {
                return ((SubmitOutcome.Conflict)outcome).Index;
            }

            if (attempt == MaxAttempts)
            {
                ExceptionDispatchInfo.Throw(cause);
            }

            await Backoff.WaitAsync(attempt, cancellationToken);
        }
    }

    /// <summary>Whether the row stands as this very attempt wrote it.</summary>
    private static async Task<bool> IsWrittenAsync(this TableClient table, TableEntity row, CancellationToken cancellationToken) =>
        (await table.FindRowAsync(row.PartitionKey, row.RowKey, cancellationToken))?.GetString(WriteId) == row.GetString(WriteId);

    public static async Task<TableEntity?> FindRowAsync(
        this TableClient table, string partitionKey, string rowKey, CancellationToken cancellationToken, IEnumerable<string>? columns = null)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, columns, cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    /// <returns>False when the row changed meanwhile. One that is gone counts as deleted: it may be that our own first answer was lost.</returns>
    public static async Task<bool> TryDeleteAsync(this TableClient table, TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (IsConflict(e))
        {
            return false;
        }
    }

    /// <summary>Deletes rows of one partition, a hundred in a request. Those that changed meanwhile stay.</summary>
    /// <param name="rows">Each with the ETag that it must have.</param>
    public static async Task DeleteManyAsync(this TableClient table, IEnumerable<TableEntity> rows, CancellationToken cancellationToken)
    {
        foreach (var some in rows.Chunk(TransactionGuard.MaxOperations))
        {
            var deletes = some.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag)).ToList();
            if (await table.TryCommitAsync(deletes, _ => Task.FromResult(false), cancellationToken))
            {
                continue;
            }

            // One of them changed, or is gone: also by our own first request, where its answer was lost.
            foreach (var row in some)
            {
                await table.TryDeleteAsync(row, cancellationToken);
            }
        }
    }

    /// <summary>An insert of what is there, or a change of what changed or is gone.</summary>
    private static bool IsConflict(RequestFailedException e) => e.Status is 404 or 409 or 412;
}
