using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Awards;

/// <summary>Lists the awards of all certifications in the order of expiry, those of a day by certification code, then by user id.</summary>
public sealed class AllAwardsService(IAllAwardsStore awards, CertificationCatalog certifications, OrganisationClock clock)
{
    /// <summary>So many expiries are looked at for one page. Each has an award, so without a status a page is never short.</summary>
    public const int ExpiriesLookedAt = Limits.PageSize;

    /// <summary>Ranges that are read at once.</summary>
    private const int ReadsAtOnce = 16;

    /// <summary>
    /// Short and empty pages occur with a status. A page costs one range of each shard, at most one read for each award on it and some to spare, and
    /// one for each certification that it shows, or with a status looks at: no more where there are ten thousand certifications than where there are ten.
    /// </summary>
    public async Task<Page<ListedAward>> ListAsync(AwardFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var place = Place.Parse(page.After);
        var range = filter.ExpiriesOn(clock.Today, filter.Status == AwardStatus.Expiring ? Limits.RenewalWindowDays : 0);
        var listed = await awards.ListExpiriesAsync(range, place.Behind, cancellationToken);
        var looked = Pages.Cut(listed.Items, ExpiriesLookedAt, expiry => expiry.Place);
        var expiries = new Queue<SharedExpiry>(await WithStatusAsync(filter, looked.Items, cancellationToken));
        var (found, behind) = (new List<HeldAward>(page.Limit), place.Behind);
        while (expiries.Count > 0)
        {
            foreach (var (expiry, held) in await ReadFirstAsync(expiries, place, page.Limit - found.Count, cancellationToken))
            {
                var room = page.Limit - found.Count;
                found.AddRange(held.Take(room));
                if (held.Count > room)
                {
                    var rest = room == 0 ? new Place(behind, null, null) : new Place(behind, expiry.Place, found[^1].Award.UserId);
                    return await PageAsync(found, rest, cancellationToken);
                }

                behind = expiry.Place;
            }

            if (found.Count == page.Limit && expiries.Count > 0)
            {
                return await PageAsync(found, new Place(behind, null, null), cancellationToken);
            }
        }

        return await PageAsync(found, (looked.Next ?? listed.Next) is { } next ? new Place(next, null, null) : null, cancellationToken);
    }

    /// <summary>Each certification has a window of its own, and only expired is the same for all.</summary>
    private async Task<IReadOnlyList<SharedExpiry>> WithStatusAsync(
        AwardFilter filter, IReadOnlyList<SharedExpiry> expiries, CancellationToken cancellationToken)
    {
        if (filter.Status is null or AwardStatus.Expired)
        {
            return expiries;
        }

        var byCode = await certifications.GetManyAsync([.. expiries.Select(expiry => expiry.CertificationCode)], cancellationToken);
        return
        [
            .. expiries.Where(expiry => byCode.TryGetValue(expiry.CertificationCode, out var certification)
                && filter.ExpiriesOn(clock.Today, certification.RenewalWindowDays).Includes(expiry.ExpiresOn)),
        ];
    }

    /// <summary>Reads of the first expiries: of so many that they may fill the room, and few are read in vain.</summary>
    private async Task<IEnumerable<(SharedExpiry Expiry, IReadOnlyList<HeldAward> Held)>> ReadFirstAsync(
        Queue<SharedExpiry> expiries, Place place, int room, CancellationToken cancellationToken)
    {
        List<SharedExpiry> first = [];
        for (var reads = 0; expiries.Count > 0 && reads < Math.Min(room, ReadsAtOnce); reads += first[^1].Shards.Count)
        {
            first.Add(expiries.Dequeue());
        }

        var held = await Task.WhenAll(first.Select(expiry => awards.ReadAsync(expiry, place.AfterIn(expiry), room + 1, cancellationToken)));
        return first.Zip(held);
    }

    private async Task<Page<ListedAward>> PageAsync(IReadOnlyList<HeldAward> found, Place? next, CancellationToken cancellationToken)
    {
        var byCode = await certifications.GetManyAsync([.. found.Select(held => held.Award.CertificationCode)], cancellationToken);
        return new Page<ListedAward>(
            [.. found.Select(held => new ListedAward(byCode[held.Award.CertificationCode], held.Award, held.User))], next?.ToString());
    }

    /// <summary>Where a page begins.</summary>
    /// <param name="Behind">The place of the last expiry that has been listed to its end.</param>
    /// <param name="In">The place of the one behind it, where that has been listed in part.</param>
    /// <param name="After">How far.</param>
    private sealed record Place(string? Behind, string? In, LmsId? After)
    {
        /// <summary>Occurs in no id and in no place of a store.</summary>
        private const char Separator = '\n';

        public static Place Parse(string? text)
        {
            var parts = (text ?? $"{Separator}{Separator}").Split(Separator, 3).Select(part => part.Length == 0 ? null : part).ToArray();
            return new Place(parts[0], parts[1], parts[2] is { } id ? LmsId.Parse(id) : null);
        }

        public LmsId? AfterIn(SharedExpiry expiry) => expiry.Place == In ? After : null;

        public override string ToString() => $"{Behind}{Separator}{In}{Separator}{After}";
    }
}
