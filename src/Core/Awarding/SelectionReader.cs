using System.Runtime.CompilerServices;
using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Awarding;

/// <summary>Resolves selections into users, streaming: sources come sorted, so they are merged without being held.</summary>
public sealed class SelectionReader(IMemberStore members)
{
    /// <summary>How many ids may be held at once over all sources.</summary>
    private const int IdsHeld = 100_000;

    private const int MaxPageSize = 1_000;

    /// <summary>Every user of the selection once, in <see cref="ShardOrder"/>.</summary>
    /// <param name="after">Only those behind this one; null: all.</param>
    public async IAsyncEnumerable<LmsId> ReadAsync(
        AwardSelection selection, LmsId? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pageSize = Math.Clamp(IdsHeld / Math.Max(selection.Sources.Count, 1), 1, MaxPageSize);
        var sources = ByType(selection);
        var streams = sources[MemberSourceType.Group]
            .Select(group => members.ReadGroupAsync(group, after, pageSize, cancellationToken))
            .Append(members.ReadBranchesAsync([.. sources[MemberSourceType.Branch]], after, pageSize, cancellationToken))
            .Append(selection.Users.Order(ShardOrder.Instance).Where(id => after is null || ShardOrder.Instance.Compare(id, after) > 0).ToAsyncEnumerable());
        LmsId? last = null;
        await foreach (var userId in Merge.SortedAsync(streams, ShardOrder.Instance, cancellationToken))
        {
            if (userId != last)
            {
                yield return userId;
            }

            last = userId;
        }
    }

    /// <summary>The users of the selection where there are at most <paramref name="most"/>; else null, at the cost of about as many reads.</summary>
    public async Task<IReadOnlyList<LmsId>?> ReadUpToAsync(AwardSelection selection, int most, CancellationToken cancellationToken)
    {
        var found = selection.Users.ToHashSet();
        var (sources, pageSize) = (ByType(selection), Math.Min(most + 1, MaxPageSize));
        foreach (var group in sources[MemberSourceType.Group])
        {
            await AddUpToAsync(found, members.ReadGroupAsync(group, after: null, pageSize, cancellationToken), most);
        }

        await AddUpToAsync(found, members.ReadBranchesAsync([.. sources[MemberSourceType.Branch]], after: null, pageSize, cancellationToken), most);
        return found.Count > most ? null : [.. found.Order(ShardOrder.Instance)];
    }

    private static ILookup<MemberSourceType, LmsId> ByType(AwardSelection selection) =>
        selection.Sources.Distinct().ToLookup(source => source.Type, source => source.Id);

    private static async Task AddUpToAsync(HashSet<LmsId> found, IAsyncEnumerable<LmsId> members, int most)
    {
        if (found.Count > most)
        {
            return;
        }

        await foreach (var userId in members)
        {
            found.Add(userId);
            if (found.Count > most)
            {
                return;
            }
        }
    }
}
