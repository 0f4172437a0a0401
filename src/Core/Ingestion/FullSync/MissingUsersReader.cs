using System.Runtime.CompilerServices;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion.FullSync;

/// <summary>Finds the users that a file does not name: both are read side by side in <see cref="ShardOrder"/>, so memory does not grow with either.</summary>
public sealed class MissingUsersReader(IUserStore users, IManifestStore manifests)
{
    private const int UsersAtOnce = 1_000;

    /// <summary>Active users that were there when the file was taken, and are in no row of it, whether that row could be carried out or not.</summary>
    /// <param name="manifest">Of the import.</param>
    /// <param name="after">Only those behind this one; null: all.</param>
    /// <returns>Every user that was read; without a task where it stays.</returns>
    public async IAsyncEnumerable<UserTasks> ReadAsync(
        DeactivateMissingWork work, string manifest, LmsId? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var named = manifests.ReadUsersAsync(work.ImportId, manifest, after, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var isNamed = await named.MoveNextAsync();
        await foreach (var user in users.ReadAsync(after, UsersAtOnce, cancellationToken))
        {
            while (isNamed && ShardOrder.Instance.Compare(named.Current, user.Id) < 0)
            {
                isNamed = await named.MoveNextAsync();
            }

            var stays = (isNamed && named.Current == user.Id) || !user.Active || user.CreatedAt > work.TakenAt;
            yield return new UserTasks(user.Id, stays ? [] : [new DeactivationTask { UserId = user.Id, Username = user.Username }]);
        }
    }
}
