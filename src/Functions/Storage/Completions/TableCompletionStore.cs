using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Functions.Storage.Awards;

namespace CertFunctions.Functions.Storage.Completions;

/// <summary>Completions beside the awards, each followed by the marks of what it was used for; the keys are those of <see cref="AwardKeys"/>.</summary>
internal sealed class TableCompletionStore(TableClient awards) : ICompletionStore
{
    /// <summary>Up to this many are read one by one: a range would read more rows than it saves requests.</summary>
    private const int PointReadsUpTo = 8;

    private const int MaxPageSize = 1_000;

    public async Task<IReadOnlySet<CertificationCode>> KeepAsync(
        Completion completion, Provenance provenance, CancellationToken cancellationToken)
    {
        try
        {
            await awards.AddEntityAsync(CompletionRow.Of(completion, provenance), cancellationToken);
            return new HashSet<CertificationCode>();
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Kept before: its marks follow it. Where the client has repeated our own insert there are none.
            var marks = new RowRange(AwardKeys.Partition(Shard.Of(completion.UserId)), AwardKeys.MarksOf(completion));
            return await marks.ReadAsync(awards, MaxPageSize, cancellationToken, CompletionRow.Columns)
                .Select(row => AwardKeys.ReadCompletion(row.RowKey).Code!)
                .ToHashSetAsync(cancellationToken: cancellationToken);
        }
    }

    public Task<IReadOnlySet<Completion>> FindUsedAsync(
        CertificationCode code, Shard shard, IReadOnlyList<Completion> completions, CancellationToken cancellationToken) =>
        FindUsedAsync(_ => true, code, shard, completions, cancellationToken);

    public Task<IReadOnlySet<Completion>> FindUsedByAsync(
        JobId job, CertificationCode code, Shard shard, IReadOnlyList<Completion> completions, CancellationToken cancellationToken) =>
        FindUsedAsync(mark => mark.GetString(MarkRow.UsedBy) == job.Value, code, shard, completions, cancellationToken);

    private async Task<IReadOnlySet<Completion>> FindUsedAsync(
        Func<TableEntity, bool> counts, CertificationCode code, Shard shard, IReadOnlyList<Completion> completions, CancellationToken cancellationToken)
    {
        var marks = await Task.WhenAll(completions.GroupBy(completion => completion.Activity)
            .Select(ofActivity => FindMarksAsync(code, shard, [.. ofActivity], cancellationToken)));
        var found = marks.SelectMany(rows => rows).Where(counts).Select(row => row.RowKey).ToHashSet();
        return completions.Where(completion => found.Contains(AwardKeys.Mark(completion, code))).ToHashSet();
    }

    public async IAsyncEnumerable<KeptCompletion> ReadAsync(
        Activity activity, CertificationCode code, Shard shard, LmsId? after, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var range = new RowRange(AwardKeys.Partition(shard), AwardKeys.CompletionsBehind(activity, after));
        KeptCompletion? last = null;
        await foreach (var row in range.ReadAsync(awards, Math.Min(pageSize, MaxPageSize), cancellationToken, CompletionRow.Columns))
        {
            var mark = AwardKeys.ReadCompletion(row.RowKey).Code;
            if (mark is not null)
            {
                last = last! with { Used = last.Used || code.Equals(mark) };
                continue;
            }

            if (last is not null)
            {
                yield return last;
            }

            last = new KeptCompletion(CompletionRow.Read(row), Used: false);
        }

        if (last is not null)
        {
            yield return last;
        }
    }

    /// <returns>Marks, at least those that are asked for.</returns>
    private async Task<IReadOnlyList<TableEntity>> FindMarksAsync(
        CertificationCode code, Shard shard, IReadOnlyList<Completion> ofActivity, CancellationToken cancellationToken)
    {
        var partition = AwardKeys.Partition(shard);
        if (ofActivity.Count <= PointReadsUpTo)
        {
            var rows = await Task.WhenAll(ofActivity.Select(
                completion => awards.FindRowAsync(partition, AwardKeys.Mark(completion, code), cancellationToken)));
            return [.. rows.OfType<TableEntity>()];
        }

        var users = ofActivity.Select(completion => completion.UserId).Order(ShardOrder.Instance).ToList();
        var (from, to) = AwardKeys.CompletionsBetween(ofActivity[0].Activity, users[0], users[^1]);
        return await awards.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter(
                    $"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to} and codeKey eq {code.Key}"),
                MaxPageSize,
                [nameof(ITableEntity.RowKey), MarkRow.UsedBy],
                cancellationToken)
            .ToListAsync(cancellationToken);
    }
}
