using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Audit;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>
/// Whether one user belongs to one group: by a row among the members, or by what is left of one who was removed. Each change takes one
/// row away and writes the other, in one transaction, under the ETags of what was read.
/// </summary>
/// <remarks>
/// Where there is neither row, no ETag of theirs keeps an addition and a removal apart. The row that counts the members of the user's shard
/// does: whoever writes a row that was not there replaces it too, and reads it before all else.
/// </remarks>
internal sealed class Membership(TableClient members, string partition, LmsId userId, AuditIntents audit)
{
    public const string UserId = "userId";
    public const string Count = "count";
    private const string ChangedAt = "changedAt";

    /// <summary>Since when a member has been one; it tells a job that does its work again what it did the first time.</summary>
    private const string JoinedAt = "joinedAt";

    /// <returns>Whether that changed anything.</returns>
    public async Task<bool> SetAsync(bool isMember, EventTime at, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var attempts = new Attempts();
        while (true)
        {
            attempts.Next();
            if (await FindAsync(isMember, cancellationToken) is { } same)
            {
                if (!IsNews(at, same, null) || await TryWriteAsync(isMember, at, same, null, null, entry: null, cancellationToken))
                {
                    return false;
                }

                continue;
            }

            var count = await FindCountAsync(cancellationToken);
            var (mine, other) = await ReadAsync(isMember, cancellationToken);
            if (mine is null && !IsNews(at, null, other))
            {
                return false;
            }

            var changes = isMember || other is not null;
            if (mine is null && await TryWriteAsync(isMember, at, null, other, count, changes ? entry : null, cancellationToken))
            {
                return changes;
            }
        }
    }

    /// <summary>When the newest event of it was.</summary>
    public static DateTimeOffset? TimeOf(TableEntity? row) => row?.GetDateTimeOffset(ChangedAt);

    /// <summary>Whether an event changes anything, be it only the time of the newest one.</summary>
    /// <param name="mine">What is there if it is already as the event says; null: it is not.</param>
    /// <param name="other">What is there if it is the other way round.</param>
    public static bool IsNews(EventTime at, TableEntity? mine, TableEntity? other) =>
        !at.IsOlderThan(TimeOf(mine ?? other)) && (mine is null || TimeOf(mine) != at.At);

    public static DateTimeOffset? JoinedAtOf(TableEntity member) => member.GetDateTimeOffset(JoinedAt);

    /// <param name="joinedAt">Null: of one who is no member.</param>
    public static TableEntity RowOf(string partition, string key, LmsId userId, DateTimeOffset at, DateTimeOffset? joinedAt) =>
        new(partition, key) { [UserId] = userId.Value, [ChangedAt] = at, [JoinedAt] = joinedAt };

    /// <param name="more">How many are added; negative: how many are removed.</param>
    public static TableTransactionAction CountAction(string partition, string key, int more, TableEntity? former)
    {
        var next = new TableEntity(partition, key) { [Count] = (former?.GetInt32(Count) ?? 0) + more };
        return former is null
            ? new(TableTransactionActionType.Add, next)
            : new(TableTransactionActionType.UpdateReplace, next, former.ETag);
    }

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

    private Task<bool> TryWriteAsync(
        bool isMember, EventTime at, TableEntity? mine, TableEntity? other, TableEntity? count, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var joinedAt = !isMember ? null : mine is null ? at.At : JoinedAtOf(mine);
        var row = RowOf(partition, KeyOf(isMember), userId, at.At, joinedAt);
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

        if (mine is null)
        {
            // The removal of a stranger counts nobody less.
            var more = isMember ? 1 : other is null ? 0 : -1;
            actions.Add(CountAction(partition, MemberKeys.OfCount(Shard.Of(userId)), more, count));
        }

        return audit.TryCommitAsync(members, row, actions, entry, cancellationToken);
    }
}
