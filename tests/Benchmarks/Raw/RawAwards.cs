using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Directory;

namespace CertFunctions.Benchmarks.Raw;

/// <summary>
/// The same awards in the same layout, written by the SDK's client alone: it decides nothing and is fenced by nothing.
/// </summary>
/// <param name="readsFrom">The table of users: they are read before they are awarded, and so is the count of their shard. Null: nothing is read.</param>
internal sealed class RawAwards(TableClient table, TableClient? readsFrom = null)
{
    /// <summary>Beside the receipt, the count and the results.</summary>
    private const int AwardsPerTransaction = 32;

    /// <summary>The same where each award takes four operations.</summary>
    private const int UndoneAwardsPerTransaction = 24;

    private const int AtOnce = 8;

    /// <summary>More users of a shard are read in one range.</summary>
    private const int PointReadsUpTo = 32;

    public Task WriteAsync(string code, IReadOnlyList<User> users, CancellationToken cancellationToken) =>
        DoAsync(users, (run, some, token) => WriteRunAsync(code, run, some, token), cancellationToken);

    /// <summary>Takes back what was written: both rows of the lists go, and the former version is kept.</summary>
    public Task UndoAsync(string code, IReadOnlyList<User> users, CancellationToken cancellationToken) =>
        DoAsync(users, (run, some, token) => UndoRunAsync(code, run, some, token), cancellationToken);

    private static Task DoAsync(IReadOnlyList<User> users, Func<int, User[], CancellationToken, Task> doRun, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            RunsOf(users).Index(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (run, token) => await doRun(run.Index, run.Item, token));

    /// <summary>At most 1,000 users of one shard each; the first runs of all shards come first, then the second ones.</summary>
    private static IEnumerable<User[]> RunsOf(IReadOnlyList<User> users) => users
        .GroupBy(user => Shard.Of(user.Id).Number)
        .SelectMany(shard => shard.Chunk(1_000).Index())
        .OrderBy(run => run.Index)
        .Select(run => run.Item);

    private async Task WriteRunAsync(string code, int run, User[] users, CancellationToken cancellationToken)
    {
        var partition = StorageKey.OfShard(Shard.Of(users[0].Id));
        if (readsFrom is not null)
        {
            await Task.WhenAll(
                ReadAsync(readsFrom, partition, users, cancellationToken),
                table.GetEntityIfExistsAsync<TableEntity>(partition, $"N!{code}", cancellationToken: cancellationToken));
        }

        var done = 0;
        foreach (var chunk in users.Chunk(AwardsPerTransaction))
        {
            var actions = ActionsOfRun(partition, code, run, done, chunk);
            actions.AddRange(chunk.Select(user => new TableTransactionAction(
                TableTransactionActionType.Add, RawRows.Award(partition, $"U!{user.Id}!{code}", code, user))));
            actions.AddRange(chunk.SelectMany(user => new[]
            {
                Upsert(RawRows.Award(partition, $"C!{code}!2028-11-24!{user.Id}", code, user)),
                Upsert(RawRows.Award(partition, $"S!{code}!{user.Username}!{user.Id}", code, user)),
            }));
            await table.SubmitTransactionAsync(actions, cancellationToken);
            done += chunk.Length;
        }
    }

    private async Task UndoRunAsync(string code, int run, User[] users, CancellationToken cancellationToken)
    {
        var partition = StorageKey.OfShard(Shard.Of(users[0].Id));
        var done = 0;
        foreach (var chunk in users.Chunk(UndoneAwardsPerTransaction))
        {
            var actions = ActionsOfRun(partition, $"{code}-undone", run, done, chunk);
            actions.AddRange(chunk.SelectMany(user => new[]
            {
                Upsert(RawRows.Award(partition, $"U!{user.Id}!{code}", code, user)),
                Upsert(RawRows.Award(partition, $"H!{user.Id}!{code}!0000000001", code, user)),
                Delete(partition, $"C!{code}!2028-11-24!{user.Id}"),
                Delete(partition, $"S!{code}!{user.Username}!{user.Id}"),
            }));
            await table.SubmitTransactionAsync(actions, cancellationToken);
            done += chunk.Length;
        }
    }

    /// <summary>The receipt of a run, the count of its shard, and the results of a few users.</summary>
    private static List<TableTransactionAction> ActionsOfRun(string partition, string code, int run, int done, User[] chunk) =>
    [
        Upsert(RawRows.Receipt(partition, code, run, done + chunk.Length)),
        Upsert(RawRows.Count(partition, code, done + chunk.Length)),
        Upsert(RawRows.Results(partition, code, run, done, JsonSerializer.SerializeToUtf8Bytes(
            chunk.Select(user => new { UserId = user.Id.Value, user.Username, Outcome = "Awarded", Version = 1 })))),
    ];

    private static async Task ReadAsync(TableClient from, string partition, User[] users, CancellationToken cancellationToken)
    {
        if (users.Length <= PointReadsUpTo)
        {
            await Task.WhenAll(users.Select(user => from.GetEntityAsync<TableEntity>(partition, UserKeys.OfUser(user.Id), cancellationToken: cancellationToken)));
            return;
        }

        var (first, last) = (UserKeys.OfUser(users[0].Id), UserKeys.OfUser(users[^1].Id));
        var range = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {first} and RowKey le {last}");
        await foreach (var _ in from.QueryAsync<TableEntity>(range, cancellationToken: cancellationToken))
        {
        }
    }

    private static TableTransactionAction Delete(string partition, string rowKey) =>
        new(TableTransactionActionType.Delete, new TableEntity(partition, rowKey), ETag.All);

    private static TableTransactionAction Upsert(TableEntity row) => new(TableTransactionActionType.UpsertReplace, row);
}
