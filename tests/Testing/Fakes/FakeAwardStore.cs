using System.Runtime.CompilerServices;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Testing.Fakes;

/// <summary>Awards in memory. One lock stands for the atomicity of a transaction.</summary>
/// <param name="users">Whom awards are made to show; null: nobody changes.</param>
public sealed class FakeAwardStore(TimeProvider time, FakeUserStore? users = null)
    : IAwardStore, IRunStore, IAwardListStore, IPastAwardStore, IAllAwardsStore, IAwardProjection, IAwardCounts, IExpiryCounts
{
    private const int ExpiriesPerPage = Limits.PageSize;

    private readonly Lock gate = new();
    private readonly Dictionary<(CertificationCode Code, LmsId UserId), StoredAward> awards = [];
    private readonly Dictionary<(CertificationCode Code, LmsId UserId), List<Award>> superseded = [];
    private readonly Dictionary<RunKey, RunReceipt> receipts = [];
    private readonly Dictionary<RunKey, List<JobResult>> results = [];
    private readonly Dictionary<(CertificationCode Code, Completion Completion), JobId?> marks = [];
    private int revisions;

    public FakeAwardStore()
        : this(TimeProvider.System)
    {
    }

    public Task<StoredAward?> FindAsync(CertificationCode code, LmsId userId, CancellationToken cancellationToken) =>
        Locked(() => awards.GetValueOrDefault((code, userId)));

    public Task<IReadOnlyDictionary<LmsId, StoredAward>> FindManyAsync(
        CertificationCode code, Shard shard, IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken) =>
        Locked<IReadOnlyDictionary<LmsId, StoredAward>>(() => userIds
            .Where(userId => awards.ContainsKey((code, userId)))
            .ToDictionary(userId => userId, userId => awards[(code, userId)]));

    public Task<IRunWriter> OpenAsync(RunKey run, JobTurn turn, bool isNew, CancellationToken cancellationToken) =>
        Locked<IRunWriter>(() => new FakeRunWriter(this, isNew ? RunReceipt.Fresh(run) : ReceiptOf(run), turn));

    public Task<IReadOnlyDictionary<AwardVersion, Award>> FindSupersededAsync(
        Shard shard, IReadOnlyCollection<AwardVersion> versions, CancellationToken cancellationToken) => Locked<IReadOnlyDictionary<AwardVersion, Award>>(() => superseded.Values
        .SelectMany(same => same).Select(award => (Key: new AwardVersion(award.UserId, award.CertificationCode, award.Version), Award: award))
        .Where(version => versions.Contains(version.Key)).ToDictionary(version => version.Key, version => version.Award));

    public Task<bool> TryWriteAsync(AwardWrite write, CancellationToken cancellationToken) => Locked(() =>
    {
        if (!IsCurrent(write))
        {
            return false;
        }

        Store(write);
        return true;
    });

    public Task<IReadOnlyList<RunReceipt>> ListReceiptsAsync(JobId jobId, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<RunReceipt>>(() => [.. receipts.Values.Where(receipt => receipt.Key.JobId == jobId)]);

    public Task<Page<JobResult>> ListResultsAsync(
        RunKey run, ChangeOutcome? outcome, PageRequest page, CancellationToken cancellationToken) => Locked(() =>
        PageOf(results.GetValueOrDefault(run, []).Where(result => outcome is null || result.Outcome == outcome), page));

    public Task<Page<HeldAward>> ListAsync(HolderList list, PageRequest page, CancellationToken cancellationToken) =>
        Locked(() => PageOf(HoldersOf(list), page));

    public async IAsyncEnumerable<HeldAward> ReadAsync(HolderList list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var held in await Locked(() => HoldersOf(list).ToList()))
        {
            yield return held;
        }
    }

    public Task<Page<HeldAward>> ListOfUserAsync(LmsId userId, PageRequest page, CancellationToken cancellationToken) => Locked(() =>
        PageOf(Held().Where(held => held.Award.UserId == userId).OrderBy(held => held.Award.CertificationCode.Key, StringComparer.Ordinal), page));

    public Task<Page<HeldAward>> ListEndedOfUserAsync(LmsId userId, PageRequest page, CancellationToken cancellationToken) => Locked(() => PageOf(
        awards.Values.Where(stored => stored.Award.UserId == userId && !stored.Award.Held).Select(stored => new HeldAward(stored.Award, stored.User))
            .OrderBy(ended => ended.Award.CertificationCode.Key, StringComparer.Ordinal),
        page));

    public Task<Page<HeldAward>> ListAsync(PastHolderList list, PageRequest page, CancellationToken cancellationToken) => Locked(() =>
        PageOf(HeldOn(list.Day).Where(held => held.Award.CertificationCode.Equals(list.CertificationCode) && list.Expiries.Includes(held.Award.ExpiresOn))
            .Where(held => list.Search is null || Fold(held.User.Username).StartsWith(Fold(list.Search), StringComparison.Ordinal))
            .Where(held => list.Active is null || held.User.Active == list.Active), page));

    public Task<Page<HeldAward>> ListOfUserAsync(LmsId userId, DateOnly day, PageRequest page, CancellationToken cancellationToken) => Locked(() =>
        PageOf(HeldOn(day).Where(held => held.Award.UserId == userId).OrderBy(held => held.Award.CertificationCode.Key, StringComparer.Ordinal), page));

    public Task<Page<SharedExpiry>> ListExpiriesAsync(ExpiryRange range, string? after, CancellationToken cancellationToken) => Locked(() =>
    {
        var expiries = Held().Where(held => range.Includes(held.Award.ExpiresOn))
            .GroupBy(held => (held.Award.ExpiresOn, held.Award.CertificationCode))
            .Select(same => new SharedExpiry(
                same.Key.CertificationCode,
                same.Key.ExpiresOn,
                [.. same.Select(held => Shard.Of(held.Award.UserId)).Distinct()],
                $"{same.Key.ExpiresOn?.ToString("O", System.Globalization.CultureInfo.InvariantCulture) ?? "always"} {same.Key.CertificationCode.Key}"))
            .OrderBy(expiry => expiry.Place, StringComparer.Ordinal)
            .Where(expiry => string.CompareOrdinal(expiry.Place, after) > 0);
        return Pages.Cut([.. expiries.Take(ExpiriesPerPage + 1)], ExpiriesPerPage, expiry => expiry.Place);
    });

    public Task<IReadOnlyList<HeldAward>> ReadAsync(SharedExpiry expiry, LmsId? after, int count, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<HeldAward>>(() => [.. Held()
            .Where(held => held.Award.CertificationCode.Equals(expiry.CertificationCode) && held.Award.ExpiresOn == expiry.ExpiresOn)
            .Where(held => string.CompareOrdinal(held.Award.UserId.Value, after?.Value) > 0)
            .OrderBy(held => held.Award.UserId.Value, StringComparer.Ordinal)
            .Take(count)]);

    public Task<Page<Award>> ListVersionsAsync(Award latest, PageRequest page, CancellationToken cancellationToken) => Locked(() =>
        PageOf(superseded.GetValueOrDefault((latest.CertificationCode, latest.UserId), []).Append(latest).Reverse(), page));

    public Task ShowAsync(Shard shard, IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken) => Locked(() =>
    {
        var shown = users?.Users.ToDictionary(user => user.Id, user => user.Shown) ?? [];
        foreach (var (key, stored) in awards.Where(row => userIds.Contains(row.Key.UserId) && shown.ContainsKey(row.Key.UserId)).ToList())
        {
            awards[key] = stored with { User = shown[key.UserId], Revision = NextRevision() };
        }

        return true;
    });

    public Task<IReadOnlyDictionary<CertificationCode, int>> CountHoldersAsync(
        IReadOnlyList<CertificationCode> codes, CancellationToken cancellationToken) =>
        Locked<IReadOnlyDictionary<CertificationCode, int>>(() => codes.Distinct()
            .ToDictionary(code => code, code => Held().Count(held => held.Award.CertificationCode.Equals(code))));

    public Task<ExpiryCounts> CountAsync(CertificationCode? code, CancellationToken cancellationToken) => Locked(() =>
    {
        List<DateOnly?> expiries = [.. Held().Where(held => code is null || held.Award.CertificationCode.Equals(code)).Select(held => held.Award.ExpiresOn)];
        return new ExpiryCounts(expiries.Count, expiries.OfType<DateOnly>().GroupBy(Forecast.MonthOf).ToDictionary(month => month.Key, month => month.LongCount()));
    });

    internal Task<T> Locked<T>(Func<T> action)
    {
        lock (gate)
        {
            return Task.FromResult(action());
        }
    }

    internal RunReceipt ReceiptOf(RunKey run) => receipts.GetValueOrDefault(run) ?? RunReceipt.Fresh(run);

    internal bool IsUsed(CertificationCode code, Completion completion) => marks.ContainsKey((code, completion with { ActivityTitle = null }));

    internal bool IsUsedBy(JobId job, CertificationCode code, Completion completion) => marks.GetValueOrDefault((code, completion with { ActivityTitle = null })) == job;

    internal HashSet<CertificationCode> UsedFor(Completion completion) =>
        [.. marks.Keys.Where(mark => mark.Completion == completion with { ActivityTitle = null }).Select(mark => mark.Code)];

    internal bool IsCurrent(AwardWrite write) =>
        !write.Completions.Any(mark => IsUsed(mark.CertificationCode, mark.Completion))
        && write.Freed.All(mark => IsUsed(mark.CertificationCode, mark.Completion))
        && (write.After is not { } after || awards.GetValueOrDefault((after.CertificationCode, after.UserId)) == write.Before);

    internal void Store(AwardWrite write)
    {
        foreach (var mark in write.Completions)
        {
            marks.Add((mark.CertificationCode, mark.Completion with { ActivityTitle = null }), write.UsedBy);
        }

        foreach (var mark in write.Freed)
        {
            marks.Remove((mark.CertificationCode, mark.Completion with { ActivityTitle = null }));
        }

        if (write.After is not { } after)
        {
            return;
        }

        var key = (after.CertificationCode, after.UserId);
        if (write.Before is { } before && before.Award.Version != after.Version)
        {
            superseded.TryAdd(key, []);
            superseded[key].Add(before.Award);
        }

        awards[key] = new StoredAward(after, write.User, NextRevision());
    }

    internal RunReceipt Advance(RunReceipt receipt, IReadOnlyList<JobResult> done, string? stopped)
    {
        var (all, former) = (ResultsOf(receipt.Key), new List<JobResult>());
        if (receipt.Next < all.Count)
        {
            former = all.GetRange(receipt.Next, done.Count);
            all.RemoveRange(receipt.Next, done.Count);
        }

        all.InsertRange(receipt.Next, done);
        return receipts[receipt.Key] = receipt with
        {
            Next = receipt.Next + done.Count,
            Counts = receipt.Counts + JobCounts.Of(done.Select(result => result.Outcome)) - JobCounts.Of(former.Select(result => result.Outcome)),
            Stopped = stopped,
            At = time.GetUtcNow(),
        };
    }

    internal List<JobResult> ResultsOf(RunKey run)
    {
        results.TryAdd(run, []);
        return results[run];
    }

    private string NextRevision() => $"r{++revisions}";

    private IEnumerable<HeldAward> Held() =>
        awards.Values.Where(stored => stored.Award.Held).Select(stored => new HeldAward(stored.Award, stored.User));

    private IEnumerable<HeldAward> HeldOn(DateOnly day) => awards
        .Select(award => (new AwardHistory([.. superseded.GetValueOrDefault(award.Key, []), award.Value.Award]).HeldOn(day), award.Value))
        .OrderBy(found => found.Value.Award.UserId.Value, StringComparer.Ordinal)
        .SelectMany(found => found.Item1 is { } held ? new[] { new HeldAward(held, found.Value.User) } : []);

    private IEnumerable<HeldAward> HoldersOf(HolderList list)
    {
        var found = Held()
            .Where(held => held.Award.CertificationCode.Equals(list.CertificationCode) && list.Expiries.Includes(held.Award.ExpiresOn))
            .Where(held => list.Active is null || held.User.Active == list.Active)
            .Where(held => list.Search is null || Fold(held.User.Username).StartsWith(Fold(list.Search), StringComparison.Ordinal));
        var sorted = list.Sort == AwardSort.Username
            ? found.OrderBy(held => Fold(held.User.Username), StringComparer.Ordinal)
            : found.OrderBy(held => held.Award.ExpiresOn ?? DateOnly.MaxValue).ThenBy(held => held.Award.AlwaysValid);
        return sorted.ThenBy(held => held.Award.UserId.Value, StringComparer.Ordinal);
    }

    private static string Fold(string text) => text.Normalize().ToLowerInvariant();

    /// <summary>A place is a number of rows: enough where nobody writes between two pages.</summary>
    private static Page<T> PageOf<T>(IEnumerable<T> rows, PageRequest page)
    {
        var all = rows.ToList();
        var from = page.After is null ? 0 : int.Parse(page.After, System.Globalization.CultureInfo.InvariantCulture);
        var next = from + page.Limit;
        return new Page<T>([.. all.Skip(from).Take(page.Limit)], next < all.Count ? $"{next}" : null);
    }
}
