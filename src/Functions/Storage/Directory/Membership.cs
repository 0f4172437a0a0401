using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Audit;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>
/// Whether one user belongs to one source: by a row among the members, or by what is left of one who was removed. Each change takes one
/// row away and writes the other, in one transaction, under the ETags of what was read.
/// </summary>
/// <remarks>
/// Where there is neither row, no ETag keeps an addition and a removal apart. Each therefore looks for the other's row after its own is
/// written, so at least one of them finds both, and the later event's row stays. In a group the row that counts the members of the user's
/// shard keeps them apart: whoever writes a row that was not there replaces it too, and reads it before all else.
/// </remarks>
internal sealed class Membership(TableClient members, string partition, LmsId userId, AuditIntents audit)
{
    public const string UserId = "userId";
    public const string Count = "count";
    private const string ChangedAt = "changedAt";

    private readonly bool isCounted = MemberKeys.AreCounted(partition);

    /// <returns>Whether that changed anything.</returns>
    public async Task<bool> SetAsync(bool isMember, EventTime at, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var changed = false;
        var attempts = new Attempts();
        while (true)
        {
            attempts.Next();
            var count = isCounted ? await FindCountAsync(cancellationToken) : null;
            var (mine, other) = await ReadAsync(isMember, cancellationToken);
            if (mine is not null && other is not null)
            {
                await DeleteOlderAsync(mine, other, cancellationToken);
                continue;
            }

            if (at.IsOlderThan(TimeOf(mine ?? other)))
            {
                return false;
            }

            if (mine is not null && TimeOf(mine) == at.At)
            {
                return changed;
            }

            var changes = isMember ? mine is null : other is not null;
            if (await TryWriteAsync(isMember, at, mine, other, count, changes ? entry : null, cancellationToken))
            {
                changed = changes;
                if (isCounted || mine is not null || other is not null || await FindAsync(!isMember, cancellationToken) is null)
                {
                    return changed;
                }
            }
        }
    }

    private static DateTimeOffset? TimeOf(TableEntity? row) => row?.GetDateTimeOffset(ChangedAt);

    private string KeyOf(bool isMember) => isMember ? MemberKeys.OfMember(userId) : MemberKeys.OfRemoved(userId);

    private Task<TableEntity?> FindAsync(bool isMember, CancellationToken cancellationToken) =>
        members.FindRowAsync(partition, KeyOf(isMember), cancellationToken);

    private async Task<(TableEntity? Mine, TableEntity? Other)> ReadAsync(bool isMember, CancellationToken cancellationToken)
    {
        var (mine, other) = (FindAsync(isMember, cancellationToken), FindAsync(!isMember, cancellationToken));
        return (await mine, await other);
    }

    private Task<TableEntity?> FindCountAsync(CancellationToken cancellationToken) =>
        members.FindRowAsync(partition, MemberKeys.OfCount(Shard.Of(userId)), cancellationToken);

    /// <summary>An addition counts one more, the removal of a member one less, that of a stranger none.</summary>
    private TableTransactionAction CountAction(bool isMember, TableEntity? other, TableEntity? former)
    {
        var next = new TableEntity(partition, MemberKeys.OfCount(Shard.Of(userId)))
        {
            [Count] = (former?.GetInt32(Count) ?? 0) + (isMember ? 1 : other is null ? 0 : -1),
        };
        return former is null
            ? new(TableTransactionActionType.Add, next)
            : new(TableTransactionActionType.UpdateReplace, next, former.ETag);
    }

    private Task<bool> TryWriteAsync(
        bool isMember, EventTime at, TableEntity? mine, TableEntity? other, TableEntity? count, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var row = new TableEntity(partition, KeyOf(isMember)) { [UserId] = userId.Value, [ChangedAt] = at.At };
        List<TableTransactionAction> actions =
        [
            mine is null
                ? new(TableTransactionActionType.Add, row)
                : new(TableTransactionActionType.UpdateReplace, row, mine.ETag),
        ];
        if (other is not null)
        {
            actions.Add(new(TableTransactionActionType.Delete, new TableEntity(partition, other.RowKey), other.ETag));
        }

        if (isCounted && mine is null)
        {
            actions.Add(CountAction(isMember, other, count));
        }

        return audit.TryCommitAsync(members, row, actions, entry, cancellationToken);
    }

    /// <summary>What this finds changed, the caller reads again.</summary>
    private Task<bool> DeleteOlderAsync(TableEntity mine, TableEntity other, CancellationToken cancellationToken) =>
        members.TryDeleteAsync(TimeOf(mine) < TimeOf(other) ? mine : other, cancellationToken);
}
