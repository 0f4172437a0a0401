using Azure.Data.Tables;
using CertFunctions.Core.Audit;
using ETag = Azure.ETag;

namespace CertFunctions.Functions.Storage.Audit;

/// <summary>
/// Stores what the audit is to say of a change in the transaction of the change, beside it; adds it to the ledger then, and takes it away
/// last. Whatever is cut short in between, <see cref="AuditSweep"/> goes on from there: no entry is lost, and the ledger takes none twice.
/// </summary>
internal sealed class AuditOutbox(AuditLedger ledger, AuditLog log)
{
    /// <summary>A caller waits no longer than that for the ledger; the sweep goes on later.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Writes one row as <see cref="ConditionalWrite.TryWriteAsync"/> does, with what the audit is to say of it.</summary>
    /// <param name="revision">The ETag of the row to replace; null: there must be none.</param>
    public Task<bool> TryWriteAsync(TableClient table, TableEntity row, string? revision, AuditEntry? entry, CancellationToken cancellationToken) =>
        entry is null
            ? table.TryWriteAsync(row, revision, cancellationToken)
            : TryCommitAsync(
                table,
                row,
                [revision is null ? new(TableTransactionActionType.Add, row) : new(TableTransactionActionType.UpdateReplace, row, new ETag(revision))],
                entry,
                cancellationToken);

    /// <summary>Commits with what the audit is to say of it. The letter also tells, where the answer is lost, whether it was stored.</summary>
    /// <param name="witness">A row that the transaction writes.</param>
    /// <returns>False when another write came first.</returns>
    public async Task<bool> TryCommitAsync(
        TableClient table, TableEntity witness, IReadOnlyList<TableTransactionAction> actions, AuditEntry? entry, CancellationToken cancellationToken)
    {
        if (entry is null)
        {
            return await table.TryCommitAsync(witness, actions, cancellationToken);
        }

        var letter = OutboxLetter.Of(witness.PartitionKey, entry);
        var isCommitted = await table.TryCommitAsync(
            [.. actions, letter.ToAction()], token => WasStoredAsync(table, letter, token), cancellationToken);
        if (isCommitted)
        {
            await SendAsync(letter, table, cancellationToken);
        }

        return isCommitted;
    }

    /// <summary>Brings a letter that is stored to the ledger.</summary>
    /// <param name="letter">Null: nothing was to be said.</param>
    public Task SendAsync(OutboxLetter? letter, TableClient table, CancellationToken cancellationToken) => letter is null
        ? Task.CompletedTask
        : RecordAsync(letter.Entry, token => RemoveAsync(table, letter.Row, token), cancellationToken);

    /// <summary>Adds an entry to the ledger, and then tidies up. Trouble with that is none of the change's, which is done.</summary>
    public async Task RecordAsync(AuditContent entry, Func<CancellationToken, Task> tidy, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await ledger.AddAsync(entry, patience.Token);
            await tidy(patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException || StorageFault.IsTrouble(e, CancellationToken.None))
        {
            log.LeftToSweep(entry.Id, e.Message);
        }
    }

    public Task<bool> IsRecordedAsync(AuditContent entry, CancellationToken cancellationToken) => ledger.HasAsync(entry, cancellationToken);

    public static Task RemoveAsync(TableClient table, TableEntity row, CancellationToken cancellationToken) =>
        table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);

    /// <summary>Nobody else writes the letter; the sweep takes it away once the ledger has it.</summary>
    private async Task<bool> WasStoredAsync(TableClient table, OutboxLetter letter, CancellationToken cancellationToken) =>
        await table.FindRowAsync(letter.Row.PartitionKey, letter.Row.RowKey, cancellationToken) is not null
        || await IsRecordedAsync(letter.Entry, cancellationToken);
}
