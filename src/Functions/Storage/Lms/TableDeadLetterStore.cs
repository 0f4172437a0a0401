using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Lms;
using CertFunctions.Functions.Storage.Audit;
using ETag = Azure.ETag;

namespace CertFunctions.Functions.Storage.Lms;

internal sealed class TableDeadLetterStore(TableClient table, IWebhookStore messages, AuditOutbox audit) : IDeadLetterStore
{
    public const int PageSize = 1_000;

    public Task AddAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var row = DeadLetterRow.Of(letter);
        return table.TryCommitAsync(
            row, [new(TableTransactionActionType.Add, row), .. WaitingActions(letter.Id, null, letter.WaitingForUserId)], cancellationToken);
    }

    public async Task<StoredDeadLetter?> FindAsync(DeadLetterId id, CancellationToken cancellationToken) =>
        await table.FindRowAsync(DeadLetterKeys.Partition, DeadLetterKeys.Of(id), cancellationToken) is { } row
            ? new StoredDeadLetter(await ReadAsync(row, cancellationToken), row.ETag.ToString())
            : null;

    public Task<bool> TryReplaceAsync(DeadLetter letter, StoredDeadLetter former, CancellationToken cancellationToken)
    {
        var row = DeadLetterRow.Of(letter);
        var replace = new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, new ETag(former.Revision));
        return table.TryCommitAsync(
            row, [replace, .. WaitingActions(letter.Id, former.Letter.WaitingForUserId, letter.WaitingForUserId)], cancellationToken);
    }

    public Task<bool> TryRemoveAsync(StoredDeadLetter former, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var row = new TableEntity(DeadLetterKeys.Partition, DeadLetterKeys.Of(former.Letter.Id));
        var delete = new TableTransactionAction(TableTransactionActionType.Delete, row, new ETag(former.Revision));
        return audit.TryCommitAsync(table, row, [delete, .. WaitingActions(former.Letter.Id, former.Letter.WaitingForUserId, null)], entry, cancellationToken);
    }

    public async Task<Page<DeadLetter>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await DeadLetterKeys.Letters.ReadPageAsync(table, page, cancellationToken);
        return new Page<DeadLetter>(await Task.WhenAll(rows.Items.Select(row => ReadAsync(row, cancellationToken))), rows.Next);
    }

    public async Task<bool> AnyBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken) =>
        (await DeadLetterKeys.Before(time).ReadFirstAsync(table, 1, cancellationToken)).Count > 0;

    public async IAsyncEnumerable<DeadLetterId> ReadWaitingAsync(LmsId userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in ReadKeysAsync(DeadLetterKeys.WaitingFor(userId), cancellationToken))
        {
            yield return DeadLetterKeys.ReadWaiting(row).Id;
        }
    }

    public async Task<IReadOnlyList<LmsId>> FindAwaitedAsync(IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken)
    {
        var range = DeadLetterKeys.WaitingForAny(userIds[0], userIds[^1]);
        var waiting = await range.ReadFirstAsync(table, PageSize, cancellationToken, [nameof(TableEntity.RowKey)]);
        if (waiting.Count < PageSize)
        {
            return [.. userIds.Intersect(waiting.Select(row => DeadLetterKeys.ReadWaiting(row.RowKey).UserId))];
        }

        var found = new List<LmsId>();
        foreach (var userId in userIds)
        {
            if (await ReadWaitingAsync(userId, cancellationToken).AnyAsync(cancellationToken))
            {
                found.Add(userId);
            }
        }

        return found;
    }

    public async IAsyncEnumerable<LmsId> ReadAwaitedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LmsId? last = null;
        await foreach (var row in ReadKeysAsync(DeadLetterKeys.AllWaiting, cancellationToken))
        {
            var (userId, _) = DeadLetterKeys.ReadWaiting(row);
            if (userId != last)
            {
                yield return last = userId;
            }
        }
    }

    public async IAsyncEnumerable<LmsId> ReadAwaitedSinceAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in DeadLetterKeys.Since(since).ReadAsync(table, PageSize, cancellationToken, [DeadLetterRow.WaitingFor]))
        {
            if (row.GetString(DeadLetterRow.WaitingFor) is { } userId)
            {
                yield return LmsId.Parse(userId);
            }
        }
    }

    private static IEnumerable<TableTransactionAction> WaitingActions(DeadLetterId id, LmsId? former, LmsId? next)
    {
        if (former is not null && former != next)
        {
            yield return new(TableTransactionActionType.Delete, Waiting(former, id), ETag.All);
        }

        if (next is not null)
        {
            yield return new(TableTransactionActionType.UpsertReplace, Waiting(next, id));
        }
    }

    private static TableEntity Waiting(LmsId userId, DeadLetterId id) => new(DeadLetterKeys.Partition, DeadLetterKeys.OfWaiting(userId, id));

    private IAsyncEnumerable<string> ReadKeysAsync(RowRange range, CancellationToken cancellationToken) =>
        range.ReadAsync(table, PageSize, cancellationToken, [nameof(TableEntity.RowKey)]).Select(row => row.RowKey);

    private Task<DeadLetter> ReadAsync(TableEntity row, CancellationToken cancellationToken) => DeadLetterRow.ReadAsync(row, messages, cancellationToken);
}
