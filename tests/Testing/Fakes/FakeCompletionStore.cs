using System.Runtime.CompilerServices;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;

namespace CertFunctions.Testing.Fakes;

/// <summary>Completions in memory; what they were used for, the awards know.</summary>
public sealed class FakeCompletionStore(FakeAwardStore awards) : ICompletionStore
{
    private readonly List<Completion> facts = [];

    public IReadOnlyList<Completion> Kept => facts;

    public Task<IReadOnlySet<CertificationCode>> KeepAsync(
        Completion completion, Provenance provenance, CancellationToken cancellationToken) => awards.Locked<IReadOnlySet<CertificationCode>>(() =>
    {
        if (!facts.Exists(fact => fact with { ActivityTitle = completion.ActivityTitle } == completion))
        {
            facts.Add(completion);
        }

        return awards.UsedFor(completion);
    });

    public Task<IReadOnlySet<Completion>> FindUsedAsync(
        CertificationCode code, Shard shard, IReadOnlyList<Completion> completions, CancellationToken cancellationToken) =>
        awards.Locked<IReadOnlySet<Completion>>(() => completions.Where(completion => awards.IsUsed(code, completion)).ToHashSet());

    public Task<IReadOnlySet<Completion>> FindUsedByAsync(
        JobId job, CertificationCode code, Shard shard, IReadOnlyList<Completion> completions, CancellationToken cancellationToken) =>
        awards.Locked<IReadOnlySet<Completion>>(() => completions.Where(completion => awards.IsUsedBy(job, code, completion)).ToHashSet());

    public async IAsyncEnumerable<KeptCompletion> ReadAsync(
        Activity activity, CertificationCode code, Shard shard, LmsId? after, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = await awards.Locked(() => facts
            .Where(fact => fact.Activity == activity && Shard.Of(fact.UserId) == shard
                && (after is null || string.CompareOrdinal(fact.UserId.Value, after.Value) > 0))
            .OrderBy(fact => fact.UserId.Value, StringComparer.Ordinal)
            .ThenBy(fact => fact.CompletedOn)
            .Select(fact => new KeptCompletion(fact, awards.IsUsed(code, fact)))
            .ToList());
        foreach (var kept in found)
        {
            yield return kept;
        }
    }
}
