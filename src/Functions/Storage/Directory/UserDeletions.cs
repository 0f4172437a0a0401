using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using ETag = Azure.ETag;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>
/// A row for each user that was deleted and does not exist. Whoever creates a user puts an empty one there first, and takes it away in
/// the transaction that creates the user, under its ETag: a deletion that comes in between makes that fail.
/// </summary>
internal sealed class UserDeletions(TableClient users)
{
    private const string DeletedAt = "deletedAt";

    public async Task<UserDeletion> FindAsync(LmsId id, CancellationToken cancellationToken)
    {
        var attempts = new Attempts();
        while (true)
        {
            attempts.Next();
            if (await FindRowAsync(id, cancellationToken) is { } row)
            {
                return new UserDeletion(row.GetDateTimeOffset(DeletedAt), row.ETag.ToString());
            }

            await users.TryWriteAsync(Row(id, null), null, cancellationToken);
        }
    }

    public static TableTransactionAction Forget(LmsId id, UserDeletion deletion) =>
        new(TableTransactionActionType.Delete, Row(id, null), new ETag(deletion.Revision));

    public async Task RememberAsync(LmsId id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var attempts = new Attempts();
        while (true)
        {
            attempts.Next();
            var former = await FindRowAsync(id, cancellationToken);
            if (former?.GetDateTimeOffset(DeletedAt) >= at || await users.TryWriteAsync(Row(id, at), former?.ETag.ToString(), cancellationToken))
            {
                return;
            }
        }
    }

    private static TableEntity Row(LmsId id, DateTimeOffset? at) => new(UserKeys.Partition(id), UserKeys.OfDeletion(id)) { [DeletedAt] = at };

    private Task<TableEntity?> FindRowAsync(LmsId id, CancellationToken cancellationToken) =>
        users.FindRowAsync(UserKeys.Partition(id), UserKeys.OfDeletion(id), cancellationToken);
}
