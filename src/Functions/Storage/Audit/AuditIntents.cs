using Azure.Data.Tables;
using CertFunctions.Core.Audit;

namespace CertFunctions.Functions.Storage.Audit;

/// <summary>
/// What <see cref="AuditOutbox"/> does, for changes in partitions that are too many to sweep, the members of groups: the entry is kept in one
/// known place before the change, and the change leaves a row that proves it. Where the proof is missing the sweep puts a refusal in its
/// place, so that a writer who sleeps however long cannot carry out what was given up.
/// </summary>
internal sealed class AuditIntents(TableClient audit, AuditOutbox outbox)
{
    private const string Table = "table";
    private const string Partition = "partition";
    private const string Refused = "refused";

    /// <summary>Commits with what the audit is to say of it.</summary>
    public async Task<bool> TryCommitAsync(
        TableClient table, TableEntity witness, IReadOnlyList<TableTransactionAction> actions, AuditEntry? entry, CancellationToken cancellationToken)
    {
        if (entry is null)
        {
            return await table.TryCommitAsync(witness, actions, cancellationToken);
        }

        var content = AuditContent.Of(entry.Again());
        var intent = OutboxLetter.Of(AuditKeys.Pending, content).Row;
        (intent[Table], intent[Partition]) = (table.Name, witness.PartitionKey);
        await audit.UpsertEntityAsync(intent, TableUpdateMode.Replace, cancellationToken);
        var proof = new TableEntity(witness.PartitionKey, OutboxLetter.KeyOf(content));
        if (!await table.TryCommitAsync(
            [.. actions, new(TableTransactionActionType.Add, proof)], token => WasStoredAsync(table, proof, content, token), cancellationToken))
        {
            await AuditOutbox.RemoveAsync(audit, intent, cancellationToken);
            return false;
        }

        await outbox.RecordAsync(content, token => TidyAsync(table, proof, intent, token), cancellationToken);
        return true;
    }

    /// <summary>Finishes one that was cut short.</summary>
    /// <param name="tableOf">The table of a name.</param>
    /// <param name="add">Adds an entry to the ledger.</param>
    /// <returns>Whether it was carried out and not recorded.</returns>
    public async Task<bool> FinishAsync(
        TableEntity intent, Func<string, TableClient> tableOf, Func<AuditContent, Task> add, CancellationToken cancellationToken)
    {
        var content = AuditContent.Read(intent);
        var table = tableOf(intent.GetString(Table));
        if (await outbox.IsRecordedAsync(content, cancellationToken))
        {
            await TidyAsync(table, new TableEntity(intent.GetString(Partition), OutboxLetter.KeyOf(content)), intent, cancellationToken);
            return false;
        }

        var refusal = new TableEntity(intent.GetString(Partition), OutboxLetter.KeyOf(content)) { [Refused] = true };
        if (await table.TryWriteAsync(refusal, revision: null, cancellationToken)
            || await FindProofAsync(table, refusal, cancellationToken) is not { } proof)
        {
            await AuditOutbox.RemoveAsync(audit, intent, cancellationToken);
            return false;
        }

        await add(content);
        await TidyAsync(table, proof, intent, cancellationToken);
        return true;
    }

    private async Task<bool> WasStoredAsync(TableClient table, TableEntity proof, AuditContent content, CancellationToken cancellationToken) =>
        await FindProofAsync(table, proof, cancellationToken) is not null || await outbox.IsRecordedAsync(content, cancellationToken);

    private static async Task<TableEntity?> FindProofAsync(TableClient table, TableEntity proof, CancellationToken cancellationToken) =>
        await table.FindRowAsync(proof.PartitionKey, proof.RowKey, cancellationToken) is { } found && found.GetBoolean(Refused) is null ? found : null;

    /// <summary>The intent last: it leads to the proof.</summary>
    private async Task TidyAsync(TableClient table, TableEntity proof, TableEntity intent, CancellationToken cancellationToken)
    {
        await AuditOutbox.RemoveAsync(table, proof, cancellationToken);
        await AuditOutbox.RemoveAsync(audit, intent, cancellationToken);
    }
}
