using System.Runtime.CompilerServices;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Awards;

/// <summary>Lists awards: who holds a certification, and what a user holds; now, or on a day.</summary>
public sealed class AwardListService(
    IAwardListStore awards,
    IPastAwardStore past,
    CertificationCatalog certifications,
    MemberSourceRules sources,
    IMemberStore members,
    IUserStore users,
    OrganisationClock clock)
{
    /// <summary>How many memberships are looked up at once while a whole list is read.</summary>
    private const int Chunk = 50;

    public async Task<Outcome<Page<ListedAward>>> ListAsync(
        CertificationCode code, AwardFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        if (!(await FindAsync(code, filter, cancellationToken)).IsDone(out var certification, out var why))
        {
            return why;
        }

        var found = await ListAsync(certification, filter, page, cancellationToken);
        var items = await KeepMembersAsync(found.Items, filter.MemberOf, cancellationToken);
        return new Page<ListedAward>([.. items.Select(held => new ListedAward(certification, held.Award, held.User))], found.Next);
    }

    /// <summary>All of them, read as they are asked for, but for the first.</summary>
    public async Task<Outcome<IAsyncEnumerable<ListedAward>>> ReadAsync(
        CertificationCode code, AwardFilter filter, CancellationToken cancellationToken) =>
        (await FindAsync(code, filter, cancellationToken)).IsDone(out var certification, out var why)
            ? new Outcome<IAsyncEnumerable<ListedAward>>.Done(await ReadAsync(certification, filter, cancellationToken).WithFirstReadAsync(cancellationToken))
            : why;

    /// <param name="asOf">What the user held at the end of this day; null: holds now.</param>
    public async Task<Outcome<Page<ListedAward>>> ListOfUserAsync(
        LmsId userId, DateOnly? asOf, PageRequest page, CancellationToken cancellationToken)
    {
        var listed = await ListHeldByAsync(userId, asOf, page, cancellationToken);
        return listed.Items.Count == 0 && page.After is null && await users.FindAsync(userId, cancellationToken) is null
            ? Rejection.NotFound(ErrorCode.UserNotFound, $"There is no user {userId}.")
            : listed;
    }

    /// <summary>The same without asking whether there is such a user.</summary>
    public async Task<Page<ListedAward>> ListHeldByAsync(LmsId userId, DateOnly? asOf, PageRequest page, CancellationToken cancellationToken)
    {
        var found = asOf is { } day
            ? await past.ListOfUserAsync(userId, day, page, cancellationToken)
            : await awards.ListOfUserAsync(userId, page, cancellationToken);
        return await ListedAsync(found, cancellationToken);
    }

    /// <summary>What a user held and holds no longer, as it was when it ended.</summary>
    public async Task<Page<ListedAward>> ListEndedOfAsync(LmsId userId, PageRequest page, CancellationToken cancellationToken) =>
        await ListedAsync(await awards.ListEndedOfUserAsync(userId, page, cancellationToken), cancellationToken);

    private async Task<Page<ListedAward>> ListedAsync(Page<HeldAward> found, CancellationToken cancellationToken)
    {
        var codes = found.Items.Select(held => held.Award.CertificationCode).ToList();
        var byCode = await certifications.GetManyAsync(codes, cancellationToken);
        return new Page<ListedAward>(
            [.. found.Items.Select(held => new ListedAward(byCode[held.Award.CertificationCode], held.Award, held.User))], found.Next);
    }

    private async Task<Outcome<Certification>> FindAsync(CertificationCode code, AwardFilter filter, CancellationToken cancellationToken) =>
        await certifications.GetAsync(code, cancellationToken) is not { } certification ? CertificationRejections.NotFound(code)
        : await sources.WhyUnknownAsync(filter.MemberOf, cancellationToken) is { } why ? why
        : certification;

    private Task<Page<HeldAward>> ListAsync(
        Certification certification, AwardFilter filter, PageRequest page, CancellationToken cancellationToken) => filter.AsOf is { } day
        ? past.ListAsync(PastListOf(certification, filter, day), page, cancellationToken)
        : awards.ListAsync(ListOf(certification, filter), page, cancellationToken);

    private IAsyncEnumerable<HeldAward> ReadAllAsync(
        Certification certification, AwardFilter filter, CancellationToken cancellationToken) => filter.AsOf is { } day
        ? Pages.ReadAllAsync((page, token) => past.ListAsync(PastListOf(certification, filter, day), page, token), cancellationToken)
        : awards.ReadAsync(ListOf(certification, filter), cancellationToken);

    private static PastHolderList PastListOf(Certification certification, AwardFilter filter, DateOnly day) =>
        new(certification.Code, day, filter.ExpiriesOn(day, certification.RenewalWindowDays), filter.Search) { Active = filter.Active };

    private HolderList ListOf(Certification certification, AwardFilter filter) => new(
        certification.Code,
        filter.ExpiriesOn(clock.Today, certification.RenewalWindowDays),
        filter.Search is null ? filter.Sort : AwardSort.Username,
        filter.Search)
    { Active = filter.Active };

    private async IAsyncEnumerable<ListedAward> ReadAsync(
        Certification certification, AwardFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var chunk in ReadAllAsync(certification, filter, cancellationToken).Chunk(Chunk).WithCancellation(cancellationToken))
        {
            foreach (var held in await KeepMembersAsync(chunk, filter.MemberOf, cancellationToken))
            {
                yield return new ListedAward(certification, held.Award, held.User);
            }
        }
    }

    private async Task<IReadOnlyList<HeldAward>> KeepMembersAsync(
        IReadOnlyList<HeldAward> found, IReadOnlyList<MemberSource> memberOf, CancellationToken cancellationToken)
    {
        var kept = found;
        foreach (var source in memberOf)
        {
            var isMember = await Task.WhenAll(kept.Select(held => members.ContainsAsync(source, held.Award.UserId, cancellationToken)));
            kept = [.. kept.Where((_, index) => isMember[index])];
        }

        return kept;
    }
}
