using System.Runtime.CompilerServices;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Awards;

/// <summary>Lists the active users who do not hold a certification. Who holds one that has expired does hold it.</summary>
public sealed class NonHolderService(
    IAwardStore awards, CertificationCatalog certifications, MemberSourceRules sources, IMemberStore members, IUserStore users)
{
    /// <summary>So many users are read, and their awards looked up, at once.</summary>
    public const int UsersAtOnce = 100;

    /// <summary>A page looks at so many parts of that size, each of one shard, then ends short.</summary>
    public const int PartsPerPage = 6;

    /// <summary>In <see cref="ShardOrder"/>. Short and empty pages occur.</summary>
    /// <remarks>
    /// The cost of a page is bounded whatever there is: of all users, one request for each part and one or two for what its users hold, 12-18. Of the
    /// members of a group or branch, who may lie far apart, up to two requests for each that is looked at.
    /// </remarks>
    /// <param name="branch">Only those directly in it; null: all.</param>
    /// <param name="group">Only its members; null: all.</param>
    public async Task<Outcome<Page<User>>> ListAsync(
        CertificationCode code, LmsId? branch, LmsId? group, PageRequest page, CancellationToken cancellationToken)
    {
        if (await certifications.GetAsync(code, cancellationToken) is not { } certification)
        {
            return CertificationRejections.NotFound(code);
        }

        if (await sources.WhyUnknownAsync(MemberSource.Of(branch, group), cancellationToken) is { } why)
        {
            return why;
        }

        var after = page.After is null ? null : LmsId.Parse(page.After);
        var candidates = ReadCandidatesAsync(branch, group, after, cancellationToken);
        var found = new List<User>(page.Limit);
        var place = after;
        var parts = 0;
        await foreach (var part in PartsAsync(candidates, cancellationToken))
        {
            if (found.Count == page.Limit || parts++ == PartsPerPage)
            {
                return new Page<User>(found, place?.Value);
            }

            var missing = new Queue<Candidate>(await WithoutHoldersAsync(certification.Code, part, cancellationToken));
            while (missing.Count > 0 && found.Count < page.Limit)
            {
                // No more users are read than the page has room for: where they lie far apart, each is a request.
                List<Candidate> some = [.. Enumerable.Range(0, Math.Min(missing.Count, page.Limit - found.Count)).Select(_ => missing.Dequeue())];
                found.AddRange((await UsersOfAsync(some, cancellationToken)).Where(user => user.Active && (branch is null || user.BranchId == branch)));
                place = some[^1].UserId;
            }

            if (missing.Count > 0)
            {
                return new Page<User>(found, place?.Value);
            }

            place = part[^1].UserId;
        }

        return new Page<User>(found, null);
    }

    /// <summary>A group's members are looked at before a branch's: the user itself says which branch it is in.</summary>
    private IAsyncEnumerable<Candidate> ReadCandidatesAsync(LmsId? branch, LmsId? group, LmsId? after, CancellationToken cancellationToken) =>
        group is not null ? members.ReadGroupAsync(group, after, UsersAtOnce, cancellationToken).Select(userId => new Candidate(userId, null))
        : branch is not null ? members.ReadBranchesAsync([branch], after, UsersAtOnce, cancellationToken).Select(userId => new Candidate(userId, null))
        : users.ReadAsync(after, UsersAtOnce, cancellationToken).Select(user => new Candidate(user.Id, user));

    private static async IAsyncEnumerable<IReadOnlyList<Candidate>> PartsAsync(
        IAsyncEnumerable<Candidate> candidates, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var part = new List<Candidate>(UsersAtOnce);
        await foreach (var candidate in candidates.WithCancellation(cancellationToken))
        {
            if (part.Count > 0 && Shard.Of(part[0].UserId) != Shard.Of(candidate.UserId))
            {
                yield return part;
                part = new List<Candidate>(UsersAtOnce);
            }

            part.Add(candidate);
            if (part.Count == UsersAtOnce)
            {
                yield return part;
                part = new List<Candidate>(UsersAtOnce);
            }
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    private async Task<IEnumerable<Candidate>> WithoutHoldersAsync(
        CertificationCode code, IReadOnlyList<Candidate> part, CancellationToken cancellationToken)
    {
        List<Candidate> some = [.. part.Where(candidate => candidate.User is null or { Active: true })];
        if (some.Count == 0)
        {
            return some;
        }

        var found = await awards.FindManyAsync(code, Shard.Of(some[0].UserId), [.. some.Select(candidate => candidate.UserId)], cancellationToken);
        return some.Where(candidate => found.GetValueOrDefault(candidate.UserId) is not { Award.Held: true });
    }

    /// <summary>Those that exist: a group may still name one that does not.</summary>
    private async Task<IEnumerable<User>> UsersOfAsync(IReadOnlyList<Candidate> some, CancellationToken cancellationToken)
    {
        if (some.All(candidate => candidate.User is not null))
        {
            return some.Select(candidate => candidate.User!);
        }

        var found = await users.FindManyAsync(Shard.Of(some[0].UserId), [.. some.Select(candidate => candidate.UserId)], cancellationToken);
        return some.Select(candidate => found.GetValueOrDefault(candidate.UserId)).OfType<User>();
    }

    /// <param name="User">Null: not read yet.</param>
    private sealed record Candidate(LmsId UserId, User? User);
}
